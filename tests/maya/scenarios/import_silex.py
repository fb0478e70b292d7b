"""`import silex` in Maya: started inside initializePlugin, awaited in coroutines, stopped by Maya's exit."""

import embedded
import maya_host
from maya import cmds
from use_silex import chain, noted, ran, silex, tool

ask = noted(lambda: cmds.about(version=True))


def scenario():
    maya_host.load_plugin("silex_plugin", silex.start, silex.stop)
    assert silex.is_running() and silex.status().host == "maya", silex.status()
    silex.start()  # a second one does nothing
    assert silex.call_and_wait(ask) == "2024"

    call = silex.run(tool(ask))
    yield call.done
    assert call.result(0) == ("2024", False, "a command that fails")
    call = silex.run(chain(100, ask))
    yield call.done
    assert call.result(0) is None
    assert ran == [True] * 102

    # The plug-in is unloaded and loaded again.
    maya_host.unload_plugin("silex_plugin")
    assert not silex.is_running()
    maya_host.load_plugin("silex_plugin", silex.start, silex.stop)
    call = silex.defer(ask)
    yield call.done
    assert call.result(0) == "2024"

    waiting = silex.run(chain(1_000_000, ask))
    yield 3
    waiting.add_done_callback(lambda call: ran.append("told"))
    embedded.quit("finalize")
