"""The plug-in is unloaded with calls pending and threads waiting: each is told, and nothing of it is left."""

import embedded
import maya_host
import probe


def initialize():
    global runtime
    runtime = probe.Probe()
    runtime.start()


def scenario():
    maya_host.load_plugin("silex", initialize, lambda: runtime.stop())
    runtime.defer()
    yield lambda: runtime.told == 1
    runtime.defer(None, 1000)
    for _ in range(3):
        runtime.start_caller()
    # Whoever asks Maya has done so, and waits if that is what it does.
    runtime.wait(lambda: runtime.wakes >= 2)
    embedded.let_others_run(1)
    embedded.note("unloading the plug-in with calls pending")
    maya_host.unload_plugin("silex")
    runtime.wait(lambda: runtime.told == 1001 and runtime.callers_told == 3)
    assert runtime.outcomes(probe.HOST_GONE) == 1000
    assert not maya_host.callbacks
    yield 3  # what Maya's queue still holds does nothing
    assert runtime.ran == 1
    embedded.quit("finalize")
