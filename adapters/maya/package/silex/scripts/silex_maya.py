"""Silex in Maya: when it starts, when it stops, and its menu. Main thread only.

Nothing is called in Maya while it starts up or while a plug-in initialises: it holds the GIL there, with its idle
queue closed. What there is to do is put into that queue, behind all else.
"""

import sys

import maya.cmds as cmds

_PLUGIN = "silex_plugin.py"
_MENU = "silexMenu"
_loaded_from = []  # the plug-in's file that started the runtime, while it is loaded


def say(line):
    print(f"// {line}", flush=True)


def can_import():
    """Whether `import silex` works. Where it does not, that is said in a sentence, and Maya goes on."""
    try:
        import silex.dropin  # noqa: F401
    except (ImportError, SyntaxError) as error:
        say(
            "Silex does not run in Python %d.%d: %s: it needs Python 3.9 or newer, so Maya 2023 or newer, and the glibc "
            "of the machine it was built on or newer" % (sys.version_info[0], sys.version_info[1], error)
        )
        return False
    return True


def version():
    try:
        import silex
    except (ImportError, SyntaxError):
        return "Unknown"  # why, plugin_loaded() says

    return silex.__version__


def is_batch():
    return bool(cmds.about(batch=True))


def load_when_idle():
    """From userSetup.py: loads the plug-in once Maya has started. mayapy has no idle loop; there a script calls
    silex.start() and silex.pump_until() itself."""
    if not can_import():
        return
    import silex.dropin

    if silex.dropin.wanted() and not is_batch():
        cmds.evalDeferred(_load, lowestPriority=True)


def _load():
    if cmds.pluginInfo(_PLUGIN, query=True, loaded=True):
        return
    try:
        cmds.loadPlugin(_PLUGIN, quiet=True)
    except RuntimeError as error:
        say(f"Silex does not run: Maya could not load {_PLUGIN}: {error}")


def plugin_loaded(file):
    """From the plug-in's initializePlugin. A second copy of the plug-in is told off, and does nothing when it goes."""
    if not can_import():
        return
    if _loaded_from:
        say(f"Silex is loaded already, from {_loaded_from[0]}; {file} does nothing: unload it, and remove one of them")
        return
    _loaded_from.append(file)
    if not is_batch():
        cmds.evalDeferred(_start, lowestPriority=True)


def plugin_unloaded(file):
    """From the plug-in's uninitializePlugin."""
    if file not in _loaded_from:
        return
    _loaded_from.clear()
    _remove_menu()
    import silex.dropin
    import silex.panel

    silex.panel.close()
    silex.dropin.stop(say)


def _start():
    if not _loaded_from:
        return  # unloaded again before Maya was idle
    import silex.dropin

    if silex.dropin.start(say):
        _add_menu()


def _add_menu():
    import maya.mel

    _remove_menu()
    window = maya.mel.eval("$silex_window = $gMainWindow")
    cmds.menu(_MENU, parent=window, label="Silex", tearOff=False)
    cmds.menuItem(parent=_MENU, label="Running actions", command=lambda *_: show_panel())


def _remove_menu():
    if cmds.menu(_MENU, exists=True):
        cmds.deleteUI(_MENU)


def show_panel():
    """Opens the panel beside Maya's main window."""
    import silex.panel

    return silex.panel.show(parent_named="MayaWindow")
