"""The main thread cooks: it holds the HOM lock until a worker has deferred its call. Whoever waits for that lock to
wake the main thread waits for a cook that waits for it."""

import threading

from scene import PATIENCE, check, check_order, hou, start


def scenario():
    probe = start()
    cooking, deferred = threading.Event(), threading.Event()

    def work():
        cooking.wait()
        probe.defer()
        deferred.set()

    threading.Thread(target=work).start()
    check(hou._cook(cooking, deferred, PATIENCE), "deferring a call waits for the HOM lock")
    yield lambda: probe.ran == 1

    # And a worker that holds the lock itself.
    def work_in_hom():
        with hou._hom_lock:
            check(hou._isCurrentThreadHoldingHOMLock(), "the lock is not held")
            probe.defer()

    thread = threading.Thread(target=work_in_hom)
    thread.start()
    yield lambda: probe.ran == 2
    thread.join()
    check_order(probe)
