"""The runtime starts inside initializePlugin, and calls come at once: Maya is asked nothing from another thread.

There, an executeDeferred from a thread freezes Maya for good (its queue is closed, and the main thread needs the GIL).
"""

import embedded
import maya_host
import probe


def initialize():
    global runtime
    runtime = probe.Probe().start()
    runtime.defer_slowly(10)  # from the loop's own thread
    runtime.wait(lambda: runtime.wakes >= 1)
    # Whoever was woken has the time to do the wrong thing.
    embedded.let_others_run(1)


def scenario():
    maya_host.load_plugin("silex", initialize, lambda: runtime.destroy())
    assert [name for name, on_main in maya_host.calls if name != "about"] == ["evalDeferred"], maya_host.calls
    assert runtime.told == 0
    yield lambda: runtime.told == 10
    assert runtime.outcomes(probe.VALUE) == 10
    embedded.quit("finalize")
