"""Somebody drops every timer: to unregister one that is gone raises ValueError, which is no error when we stop."""

import bpy
from scene import check, check_order, registered, soon, start


def scenario():
    probe = start()
    yield 2
    bpy.app.timers._free()
    try:
        bpy.app.timers.unregister(print)
        raise AssertionError("the mock unregisters what is not there")
    except ValueError:
        pass
    probe.stop()
    check_order(probe)
    probe.start()
    probe.defer()
    yield soon(lambda: probe.ran == 1, "the timer is not back")
    check(registered() == 1, f"there are {registered()} timers")
