"""The mock itself: what HOSTS knows of Houdini, line by line, without an adapter."""

import threading

import clock
import embedded
import hdefereval
import hou
from scene import check


def scenario():
    ticks = []
    callback = lambda: ticks.append(clock.now())  # noqa: E731
    hou.ui.addEventLoopCallback(callback)
    yield 40
    gaps = {round(after - before, 3) for before, after in zip(ticks, ticks[1:])}
    check(gaps == {0.05}, f"ticks are not 50 ms apart: {gaps}")

    # Busy: the ticks that were due meanwhile are not made up for.
    before = len(ticks)
    clock.advance(1.0)
    yield 10
    check(len(ticks) - before <= 2, "a busy Houdini made up for its ticks")
    hou.ui.removeEventLoopCallback(callback)
    try:
        hou.ui.removeEventLoopCallback(callback)
        raise AssertionError("an unknown callback was removed")
    except hou.OperationFailed:
        pass

    # Posted callbacks come once, and one that is not there is removed in silence.
    posted = []
    hou.ui.postEventCallback(lambda: posted.append(1))
    hou.ui.removePostedEventCallback(print)
    yield 30
    check(posted == [1], f"a posted callback came {len(posted)} times")

    # A nested loop calls everything again, from inside it.
    depth = []

    def nest():
        depth.append(len(depth))
        if len(depth) == 1:
            hou.ui.waitUntil(lambda: len(depth) == 3)

    hou.ui.addEventLoopCallback(nest)
    yield lambda: len(depth) >= 3
    hou.ui.removeEventLoopCallback(nest)

    # hdefereval: from any thread, in order, and its callback goes with the last call.
    results = []
    thread = threading.Thread(
        target=lambda: results.append(hdefereval.executeInMainThreadWithResult(embedded.is_main_thread))
    )
    thread.start()
    yield lambda: results
    thread.join()
    check(results == [True], "it did not run on the main thread")
    order = []
    for i in range(3):
        hdefereval.executeDeferred(order.append, i)
    yield lambda: not hou.ui.eventLoopCallbacks()
    check(order == [0, 1, 2], f"out of order: {order}")
    check(not hasattr(hdefereval, "executeInMainThread"), "hdefereval has what it has not")
