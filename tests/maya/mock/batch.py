"""In batch nothing is ever idle, but where somebody says so."""

import embedded
from maya import cmds, utils

ran = []


def scenario():
    assert cmds.about(batch=True) is True
    utils.executeDeferred(ran.append, 1)
    yield 20
    assert ran == []
    utils.processIdleEvents()
    assert ran == [1]
    utils.executeDeferred(ran.append, 2)
    cmds.flushIdleQueue(resume=True)
    assert ran == [1]
    cmds.flushIdleQueue()
    assert ran == [1, 2]
    embedded.quit("finalize")
