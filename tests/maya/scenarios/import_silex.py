"""`import silex` in Maya: started inside initializePlugin, awaited in coroutines, stopped by Maya's exit."""

import contextlib
import os
import tempfile

import embedded
import maya_host
import probe
from maya import cmds
from use_silex import chain, noted, ran, silex, tool

ask = noted(lambda: cmds.about(version=True))


@contextlib.contextmanager
def standard_error():
    """What is written there meanwhile, as a function that returns it."""
    with tempfile.TemporaryFile() as file:
        kept = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            yield lambda: os.pread(file.fileno(), 1 << 20, 0).decode()
        finally:
            os.dup2(kept, 2)
            os.close(kept)


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

    # The plug-in is unloaded and loaded again, while Maya's queue holds a tick: the code of that stays.
    yield lambda: len(maya_host.idle_queue) == 0
    silex.defer(ask)
    assert probe.Probe.wait(lambda: len(maya_host.idle_queue) == 1), "Maya was asked for no tick"
    with standard_error() as written:
        maya_host.unload_plugin("silex_plugin")
        assert not silex.is_running()
        maya_host.load_plugin("silex_plugin", silex.start, silex.stop)
        said = written()
    assert "stays loaded until the process ends, because it is busy: the host still holds a callable of the plugin's" in said, said
    call = silex.defer(ask)
    yield call.done
    assert call.result(0) == "2024"

    waiting = silex.run(chain(1_000_000, ask))
    yield 3
    waiting.add_done_callback(lambda call: ran.append("told"))
    embedded.quit("finalize")
