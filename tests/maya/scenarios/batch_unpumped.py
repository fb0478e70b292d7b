"""In batch there are no idle events: a call that nobody pumps fails, and says so, instead of waiting for ever."""

import embedded
import maya_host
import probe


def scenario():
    runtime = probe.Probe(no_pump_ms=200).start()
    runtime.defer(None, 3)
    yield lambda: runtime.told == 3
    assert runtime.ran == 0 and runtime.outcomes(probe.HOST_GONE) == 3
    assert not any(name == "executeDeferred" for name, _ in maya_host.calls)
    assert len(maya_host.idle_queue) == 0
    embedded.quit("finalize")
