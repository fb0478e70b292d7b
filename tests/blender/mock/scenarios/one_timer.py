"""However many calls come from however many threads: one timer, registered on the main thread."""

import threading

from scene import check, check_order, registered, soon, start


def scenario():
    probe = start()
    check(probe.adapter == "blender", f"the adapter is '{probe.adapter}'")
    threads = [threading.Thread(target=probe.defer, args=(None, 500)) for _ in range(4)]
    for thread in threads:
        thread.start()
    yield soon(lambda: probe.ran == 2000, "calls wait for ever")
    for thread in threads:
        thread.join()
    check_order(probe)
    for _ in range(20):
        probe.defer()
        yield 5
    yield soon(lambda: probe.ran == 2020, "calls wait for ever: the timer is gone")
    check(registered() == 1, f"there are {registered()} timers")
    probe.stop()
    check(registered() == 0, "the timer is left behind")
    check_order(probe)
