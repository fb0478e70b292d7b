"""The runtime stops from inside a deferred call: Blender goes on using the timer's callable when it returns, so it is
not unregistered there; it ends by itself."""

from scene import check, check_order, registered, soon, start


def scenario():
    probe = start()
    probe.defer(lambda _index: probe.stop())
    yield soon(lambda: not probe.is_running, "the runtime goes on")
    yield 2
    check(registered() == 0, "the timer is left behind")
    check_order(probe)
    # Again in the same Blender, with the adapter's code still loaded.
    probe.start()
    probe.defer()
    yield soon(lambda: probe.ran == 2, "the second start serves no call")
    check(registered() == 1, f"there are {registered()} timers")
    probe.stop()
    check(registered() == 0, "the timer is left behind")
    check_order(probe, floats=4)
