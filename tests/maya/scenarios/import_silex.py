"""`import silex` in Maya: started inside initializePlugin, awaited in coroutines, stopped by Maya's exit."""

import os
import sys

import embedded
import maya_host
from maya import cmds

sys.path.insert(0, os.environ["SILEX_PYTHON"])
import silex  # noqa: E402

ran = []


def version():
    ran.append(embedded.is_main_thread())
    return cmds.about(version=True)


def fails():
    raise ValueError("a command that fails")


async def tool():
    first = await silex.defer(version)
    on_worker = await silex.worker(embedded.is_main_thread)
    try:
        await silex.defer(fails)
    except ValueError as error:
        return first, on_worker, str(error)


async def chain(count):
    for _ in range(count):
        await silex.defer(version)


def scenario():
    maya_host.load_plugin("silex_plugin", silex.start, silex.stop)
    assert silex.is_running() and silex.status().host == "maya", silex.status()
    silex.start()  # a second one does nothing
    assert silex.call_and_wait(version) == "2024"

    call = silex.run(tool())
    yield call.done
    assert call.result(0) == ("2024", False, "a command that fails")
    call = silex.run(chain(1000))
    yield call.done
    assert call.result(0) is None
    assert ran == [True] * 1002

    # The plug-in is unloaded and loaded again.
    maya_host.unload_plugin("silex_plugin")
    assert not silex.is_running()
    maya_host.load_plugin("silex_plugin", silex.start, silex.stop)
    call = silex.defer(version)
    yield call.done
    assert call.result(0) == "2024"

    waiting = silex.run(chain(1_000_000))
    yield 3
    waiting.add_done_callback(lambda call: ran.append("told"))
    embedded.quit("finalize")
