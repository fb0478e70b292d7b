import runpy

batch = False
idle = []  # what evalDeferred() got, in order
menus = {}  # name: its items' labels and functions
plugins = {}  # name: path, of those that can be found
loaded = {}  # name: its globals
initialising = False


def reset():
    global batch, initialising
    batch, initialising = False, False
    for each in (idle, menus, plugins, loaded):
        each.clear()


def _allowed():
    if initialising:
        raise AssertionError("Maya was called while a plug-in initialises")


def go_idle():
    while idle:
        idle.pop(0)()


def about(batch=False):
    return globals()["batch"]


def evalDeferred(function, lowestPriority=False):
    if not lowestPriority:
        raise AssertionError("not behind all else in the idle queue")
    idle.append(function)


def pluginInfo(name, query, loaded):
    _allowed()
    return name in globals()["loaded"]


def loadPlugin(path, quiet=False):
    global initialising
    _allowed()
    name = path.rpartition("/")[2]
    file = plugins.get(path, path)
    if "/" not in file:
        raise RuntimeError(f"Plug-in, \"{path}\", was not found on MAYA_PLUG_IN_PATH.")
    plugin = runpy.run_path(file)
    assert "maya_useNewAPI" in plugin
    initialising = True
    try:
        plugin["initializePlugin"](object())
    finally:
        initialising = False
    loaded[name] = plugin


def unloadPlugin(name):
    loaded.pop(name)["uninitializePlugin"](object())


def menu(name, exists=None, parent=None, label=None, tearOff=None):
    _allowed()
    if exists:
        return name in menus
    assert parent == "MayaWindow"
    menus[name] = []
    return name


def menuItem(parent, label, command):
    menus[parent].append((label, command))


def deleteUI(name):
    del menus[name]
