"""A deferred call has Maya quit, with others behind it."""

import embedded
import maya_host
import probe


def initialize():
    global runtime
    runtime = probe.Probe().start()


def scenario():
    maya_host.load_plugin("silex", initialize, lambda: runtime.stop())

    def quit(_index):
        embedded.quit("finalize")
        runtime.stop()  # as a plug-in does that is asked to go: from inside the drain

    runtime.defer(quit)
    runtime.defer(None, 100)
    yield lambda: False
