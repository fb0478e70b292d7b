"""A Qt that Houdini has not loaded is not loaded by us: two of them in one process are the end of it."""

from scene import check, check_order, modules, start


def scenario():
    probe = start()
    probe.defer()
    yield lambda: probe.ran == 1
    check(not modules("PySide"), f"the adapter imported {modules('PySide')}")
    probe.stop()
    check_order(probe)
