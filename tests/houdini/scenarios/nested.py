"""A deferred call waits in a loop of Houdini's own: the callback is called from inside itself, and the queue goes on
behind the call that waits."""

from scene import check, check_order, hou, start


def scenario():
    probe = start()
    behind = []

    def dialog(_index):
        hou.ui.waitUntil(lambda: len(behind) == 100)

    probe.defer(dialog)
    probe.defer(behind.append, 100)
    yield lambda: probe.ran == 101
    check_order(probe)
    check(len(hou.ui.eventLoopCallbacks()) == 1, "the callback is gone")
