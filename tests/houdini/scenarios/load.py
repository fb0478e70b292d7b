"""A scene is loaded from inside a deferred call, with others behind it, in a Houdini that drops its callbacks then.
456.py runs at every load, and starts what runs already."""

import os

from scene import check, check_order, hou, soon, start

starts = []


def scenario():
    hou._quirks.load_drops_callbacks = True
    probe = start()
    starts.append(probe)

    @hou._set_456
    def script():
        if os.environ.get("SILEX_456") == "naive":
            starts.append(start())  # of its own, each time
        else:
            starts.append(probe.start())

    probe.defer(lambda _index: hou.hipFile.load("shot_010.hip"))
    probe.defer(count=100)
    yield soon(lambda: probe.ran == 101, "the calls behind the load wait for ever")
    hou.hipFile.clear()
    for name in ("shot_020.hip", "shot_030.hip"):
        hou.hipFile.load(name)
        probe.defer()
    yield soon(lambda: probe.ran == 103, "a load dropped the callback, and the calls behind it wait for ever")
    check(len(starts) == 5, "456.py did not run at every load")
    callbacks = len(hou.ui.eventLoopCallbacks())
    check(callbacks == 1, f"{callbacks} callbacks after 456.py ran at four loads")
    check_order(probe)
    probe.stop()
    hou.hipFile.load("shot_040.hip")
