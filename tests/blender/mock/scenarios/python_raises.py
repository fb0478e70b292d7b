"""A deferred Python function raises, and one leaves an error behind: its caller is told, and the timer goes on."""

from scene import check, check_order, soon, start, timers
from probe import EXCEPTION, VALUE


def scenario():
    probe = start()

    def bad(_index):
        raise ValueError("as it should")

    probe.defer(bad)
    probe.defer_python_error()
    probe.defer(count=10)
    yield soon(lambda: probe.told == 12, "the calls behind it wait for ever")
    check(probe.outcomes(EXCEPTION) == 1 and probe.outcomes(VALUE) == 11, "an outcome is wrong")
    check("left a Python error behind" in probe.log, probe.log)
    probe.defer()
    yield soon(lambda: probe.told == 13, "the timer is gone")
    check(timers() == 1, f"there are {timers()} timers")
    check_order(probe)
