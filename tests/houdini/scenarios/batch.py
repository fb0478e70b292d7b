"""hython: there is no hou.ui, hdefereval cannot be imported, and nobody calls us: the script pumps."""

import time

from scene import check, hou, start
from probe import HOST_GONE, VALUE


def scenario():
    check(not hasattr(hou, "ui"), "hython has a hou.ui")
    try:
        import hdefereval  # noqa: F401

        raise AssertionError("hython imports hdefereval")
    except ImportError:
        pass
    probe = start(no_pump_ms=5000)
    check(probe.adapter == "houdini", f"the adapter is '{probe.adapter}'")
    probe.defer(count=100)
    probe.pump(30)
    check(probe.outcomes(VALUE) == 100, "not every call ran")
    # One that nobody pumps ends, and says why.
    probe.defer()
    end = time.monotonic() + 30
    yield lambda: probe.told == 101 or time.monotonic() > end
    check(probe.outcomes(HOST_GONE) == 1, "a call that nobody pumps waits for ever")
    probe.stop()
