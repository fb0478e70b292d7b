"""Houdini's own way to wait for the main thread never returns on the main thread; a call that is deferred there does."""

from scene import check, check_order, start


def scenario():
    probe = start()
    done = []
    probe.defer(done.append)
    yield lambda: done
    # From inside a call, too.
    probe.defer(lambda index: probe.defer(done.append))
    yield lambda: len(done) == 2
    check_order(probe)
