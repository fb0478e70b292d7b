"""Houdini's package in the mock Houdini, from its folder: both start-up scripts, an action, a scene's load, the exit."""

import os
import runpy
import sys
from types import SimpleNamespace

import embedded
import hou

os.environ.pop("SILEX_ADAPTER_PATH", None)  # the adapter is the package's
PACKAGE = os.environ["SILEX_TEST_PACKAGE"]
SAMPLES = os.environ["SILEX_TEST_SAMPLES"]
LIBRARIES = os.path.join(PACKAGE, f"python{sys.version_info[0]}.{sys.version_info[1]}libs")
places = []


def start_script(name):
    with open(os.path.join(LIBRARIES, name), encoding="utf-8") as text:
        exec(compile(text.read(), "<string>", "exec"), {"__name__": "__main__"})


def node(path):
    parameter = SimpleNamespace(set=lambda x: places.append((x, embedded.is_main_thread())))
    box = SimpleNamespace(parm=lambda name: parameter)
    return SimpleNamespace(createNode=lambda kind: SimpleNamespace(createNode=lambda kind: box))


def scenario():
    hou.node = node
    sys.path.insert(0, os.path.join(PACKAGE, "scripts", "python"))
    start_script("pythonrc.py")
    import silex

    assert silex.__file__.startswith(PACKAGE), silex.__file__
    assert not silex.is_running()
    yield 2
    start_script("uiready.py")
    assert silex.is_running() and silex.status().host == "houdini", silex.status()
    os.environ["SILEX_ACTION_CONFIG"] = SAMPLES
    action = runpy.run_path(os.path.join(SAMPLES, "houdini.py"))["action"]
    yield lambda: action.status == "completed"
    assert places == [(3 * x, True) for x in range(12)], places
    start_script("uiready.py")  # as a second desktop would: no second start
    call = silex.defer(embedded.is_main_thread)
    yield call.done
    assert call.result() is True
    embedded.quit("finalize")
