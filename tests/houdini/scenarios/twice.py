"""Started twice, stopped and started again, two runtimes at once, unloaded with calls pending and loaded again."""

from scene import check, check_order, hou, is_mapped, start
from probe import HOST_GONE


def scenario():
    probe = start()
    probe.start()
    check(len(hou.ui.eventLoopCallbacks()) == 1, "a second start registers a second callback")
    other = start()
    for both in (probe, other):
        both.defer(count=10)
    yield lambda: probe.ran == other.ran == 10
    for round in range(1, 4):
        probe.stop()
        check(not probe.is_running and other.is_running, "one stopped the other")
        probe.start()
        probe.defer()
        yield lambda: probe.ran == 10 + round
    probe.defer(count=1000)
    pending = 1013 - probe.ran
    probe.stop()
    check(probe.outcomes(HOST_GONE) == pending, "a pending call was not told that the host is gone")
    probe.destroy()
    other.defer(count=1000)
    other.destroy()
    check(not hou.ui.eventLoopCallbacks(), "a callback is left behind")
    check(not is_mapped("silex_adapter_houdini"), "the adapter's code is left behind")
    again = start()
    check(is_mapped("silex_adapter_houdini"), "the adapter is not loaded")
    again.defer()
    yield lambda: again.ran == 1
    check_order(again)
    again.destroy()
    check(not is_mapped("silex_adapter_houdini"), "the adapter's code is left behind")
