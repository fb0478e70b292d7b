"""However many calls come from however many threads: one callback, registered on the main thread, that drains many
calls per tick."""

import threading

from scene import check, check_order, hou, start


def scenario():
    probe = start()
    check(probe.adapter == "houdini", f"the adapter is '{probe.adapter}'")
    threads = [threading.Thread(target=probe.defer, args=(None, 500)) for _ in range(4)]
    for thread in threads:
        thread.start()
    most = 0

    def all_ran():
        nonlocal most
        most = max(most, len(hou.ui.eventLoopCallbacks()))
        return probe.ran == 2000

    yield all_ran
    for thread in threads:
        thread.join()
    check_order(probe)
    check(most == 1, f"{most} callbacks at once")
    check(len(hou.ui.eventLoopCallbacks()) == 1, "the callback is not persistent")
    before = hou.ui.ticks
    probe.defer(count=500)
    yield lambda: probe.ran == 2500
    check(hou.ui.ticks - before <= 50, f"500 calls took {hou.ui.ticks - before} ticks")
    probe.stop()
    check(not hou.ui.eventLoopCallbacks(), "the callback is left behind")
    check(not hou.hipFile.eventCallbacks(), "a callback of the scene is left behind")
