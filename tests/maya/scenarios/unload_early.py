"""The plug-in is unloaded before Maya was ever idle, and loaded again: the first start does not come back."""

import embedded
import maya_host
import probe


def initialize():
    global runtime
    runtime = probe.Probe().start()


def scenario():
    maya_host.load_plugin("silex", initialize, lambda: runtime.stop())
    first = runtime
    first.defer(None, 5)
    maya_host.unload_plugin("silex")
    first.wait(lambda: first.told == 5)
    maya_host.load_plugin("silex", initialize, lambda: runtime.destroy())
    runtime.defer(None, 5)
    yield lambda: runtime.told == 5
    assert first.ran == 0 and first.outcomes(probe.HOST_GONE) == 5
    assert len(maya_host.callbacks) == 1
    embedded.quit("finalize")
