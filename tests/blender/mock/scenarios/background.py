"""blender --background: no timer ever fires, and the script pumps."""

from scene import check, registered, soon, start
from probe import HOST_GONE, VALUE


def scenario():
    probe = start(no_pump_ms=5000)
    check(registered() == 0, "a timer is registered that never fires")
    probe.defer(count=100)
    probe.pump(30)
    check(probe.outcomes(VALUE) == 100, "not every call ran")
    probe.defer()
    yield soon(lambda: probe.told == 101, "a call that nobody pumps waits for ever")
    check(probe.outcomes(HOST_GONE) == 1, "it was not told that nobody pumps")
    probe.stop()
