"""Deferred Python functions that raise: each outcome is told, and the ticks go on."""

import embedded
import probe


class Unprintable(Exception):
    def __str__(self):
        raise ValueError("not even its text")


class RaisesAtItsEnd:
    def __del__(self):
        raise RuntimeError("in a destructor")


def scenario():
    runtime = probe.Probe().start()

    def fail(index):
        RaisesAtItsEnd()
        raise RuntimeError("as it should") if index % 2 else Unprintable

    runtime.defer(fail, 10)
    runtime.defer(None, 5)
    yield lambda: runtime.told == 15
    assert runtime.outcomes(probe.EXCEPTION) == 10 and runtime.outcomes(probe.VALUE) == 5
    # One that returns with an error set, as a native one may.
    runtime.defer_python_error()
    yield lambda: runtime.told == 16
    assert "KeyError: left behind" in runtime.log, runtime.log
    runtime.defer()
    yield lambda: runtime.told == 17
    embedded.quit("finalize")
