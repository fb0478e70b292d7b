"""A file is loaded from inside a deferred call, with others behind it: the timer outlives it."""

import bpy
from scene import check, check_order, registered, soon, start


def scenario():
    probe = start()
    yield 2

    def ordinary():
        return 0.0

    bpy.app.timers.register(ordinary)
    probe.defer(lambda _index: bpy.ops.wm.open_mainfile("shot_010.blend"))
    probe.defer(count=100)
    yield soon(lambda: probe.ran == 101, "the calls behind the load wait for ever")
    check(not bpy.app.timers.is_registered(ordinary), "the mock keeps what a load drops")
    bpy.ops.wm.open_mainfile("shot_020.blend")
    probe.defer()
    yield soon(lambda: probe.ran == 102, "the load dropped the timer")
    check(registered() == 1, f"there are {registered()} timers")
    check_order(probe, floats=3)  # one is that of the ordinary timer
