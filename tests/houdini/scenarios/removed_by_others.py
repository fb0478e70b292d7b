"""A script removes every callback that it finds: to remove one that is gone raises hou.OperationFailed, which is no
error when we stop, and a new start brings the callback back."""

from scene import check, check_order, hou, start


def scenario():
    probe = start()
    yield 5
    for callback in hou.ui.eventLoopCallbacks():
        hou.ui.removeEventLoopCallback(callback)
    try:
        hou.ui.removeEventLoopCallback(print)
        raise AssertionError("the mock removes what is not there")
    except hou.OperationFailed:
        pass
    for callback in hou.hipFile.eventCallbacks():
        hou.hipFile.removeEventCallback(callback)
    probe.stop()
    check_order(probe)
    probe.start()
    probe.defer()
    yield lambda: probe.ran == 1
