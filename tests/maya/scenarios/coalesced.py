"""However many calls are queued while Maya is busy, it is asked once."""

import embedded
import maya_host
import probe


def scenario():
    runtime = probe.Probe().start()
    runtime.defer()
    yield lambda: runtime.told == 1
    asked = len(maya_host.calls)
    runtime.defer(None, 10_000)
    embedded.let_others_run(0.5)
    assert len(maya_host.calls) - asked <= 1, maya_host.calls[asked:]
    yield lambda: runtime.told == 10_001
    runtime.destroy()
    embedded.quit("finalize")
