"""A deferred Python function raises: its caller is told, and nothing of it reaches the event loop."""

from scene import check, check_order, hou, start
from probe import EXCEPTION, VALUE


def scenario():
    probe = start()

    def bad(index):
        raise ValueError("as it should")

    probe.defer(bad)
    probe.defer(count=10)
    yield lambda: probe.told == 11
    check(probe.outcomes(EXCEPTION) == 1 and probe.outcomes(VALUE) == 10, "an outcome is wrong")
    check_order(probe)
    check(len(hou.ui.eventLoopCallbacks()) == 1, "the callback is gone")
