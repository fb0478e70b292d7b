"""No callback is left when the plug-in is unloaded: one that is aborts Maya."""

import embedded
import maya_host
import probe


def initialize():
    global runtime
    runtime = probe.Probe().start()


def scenario():
    for _ in range(3):
        maya_host.load_plugin("silex", initialize, lambda: runtime.destroy())
        runtime.defer()
        yield lambda: runtime.told == 1
        assert len(maya_host.callbacks) == 1
        maya_host.unload_plugin("silex")
        yield 2
    embedded.quit("finalize")
