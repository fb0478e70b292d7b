"""Maya's package in the mock Maya, from its folder: start-up, menu, an action, the plug-in unloaded and loaded, the exit.

What the mock does not know of Maya (menus, loadPlugin) is put beside what it knows.
"""

import os
import runpy
import sys
import types

import embedded
import maya
import maya_host
from maya import cmds

os.environ.pop("SILEX_ADAPTER_PATH", None)  # the adapter is the package's
SCRIPTS = os.path.join(os.environ["SILEX_TEST_PACKAGE"], "scripts")
PLUGIN = os.path.join(os.environ["SILEX_TEST_PACKAGE"], "plug-ins", "silex_plugin.py")
SAMPLES = os.environ["SILEX_TEST_SAMPLES"]
menus = {}
cubes = []


def load_plugin(name, quiet=False):
    plugin = runpy.run_path(PLUGIN)
    maya_host.load_plugin(
        name, lambda: plugin["initializePlugin"](None), lambda: plugin["uninitializePlugin"](None)
    )


def menu(name, exists=None, **_options):
    if exists:
        return name in menus
    menus[name] = []
    return name


def dress():
    import maya.api.OpenMaya as om

    om.MFnPlugin = lambda plugin, vendor, version, api: None
    cmds.loadPlugin = load_plugin
    cmds.pluginInfo = lambda name, query, loaded: name in maya_host.plugins
    cmds.menu = menu
    cmds.menuItem = lambda parent, label, command: menus[parent].append(label)
    cmds.deleteUI = menus.pop
    cmds.polyCube = lambda: [f"pCube{len(cubes)}"]
    cmds.move = lambda x, y, z, name: cubes.append((name, x, embedded.is_main_thread()))
    maya.mel = sys.modules["maya.mel"] = types.SimpleNamespace(eval=lambda text: "MayaWindow")


def user_setup():
    file = os.path.join(SCRIPTS, "userSetup.py")
    with open(file, encoding="utf-8") as text:
        exec(compile(text.read(), file, "exec"), {"__name__": "__main__"})


def scenario():
    dress()
    sys.path.insert(0, SCRIPTS)
    user_setup()
    import silex

    assert silex.__file__.startswith(SCRIPTS), silex.__file__
    assert not silex.is_running() and not maya_host.plugins
    yield silex.is_running
    assert silex.status().host == "maya", silex.status()
    assert menus == {"silexMenu": ["Running actions"]}, menus
    os.environ["SILEX_ACTION_CONFIG"] = SAMPLES
    action = runpy.run_path(os.path.join(SAMPLES, "maya.py"))["action"]
    yield lambda: action.status == "completed"
    assert cubes == [(f"pCube{x}", 3 * x, True) for x in range(12)], cubes
    action.close()
    maya_host.unload_plugin("silex_plugin.py")
    assert not silex.is_running() and not menus
    load_plugin("silex_plugin.py")
    yield silex.is_running
    call = silex.defer(embedded.is_main_thread)
    yield call.done
    assert call.result() is True
    embedded.quit("finalize")
