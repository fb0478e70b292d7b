"""A minimised Blender is hung by a timer that is always due: after calls have come, ours becomes seldom again."""

import time

import bpy
from scene import check, check_order, soon, start


def scenario():
    probe = start()
    probe.defer(count=10)
    yield soon(lambda: probe.ran == 10, "calls wait for ever")
    end = time.monotonic() + 1.2  # as long as ours is in a hurry, and longer
    yield lambda: time.monotonic() > end
    bpy._quirks.minimised = True
    before = bpy.app.timers._figures()["calls"]
    yield 500
    calls = bpy.app.timers._figures()["calls"] - before
    check(calls <= 55, f"the timer fired {calls} times in 2.5 s of an idle Blender")
    probe.defer()
    yield soon(lambda: probe.ran == 11, "calls wait for ever")
    check_order(probe)
