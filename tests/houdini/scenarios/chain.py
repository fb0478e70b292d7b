"""A thousand calls, each deferred when the one before it has returned, take a tick or two and not one each."""

from scene import check, check_order, hou, start


def scenario():
    probe = start()
    before = hou.ui.ticks
    probe.start_chain(1000)
    yield lambda: probe.chain_rate > 0
    check(hou.ui.ticks - before < 300, f"1000 calls took {hou.ui.ticks - before} ticks")
    check_order(probe)
