"""A deferred Python function raises, and one leaves an error behind: its caller is told, nothing of it reaches the
host, and the host goes on calling."""

from probe import EXCEPTION, VALUE
from scene import check, check_order, registered, soon, start  # those of the host


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
    yield soon(lambda: probe.told == 13, "the host does not call any more")
    check(registered() == 1, f"the host has {registered()} callbacks of ours")
    check_order(probe)
