"""The runtime stops from inside a deferred call, so that the callback goes while it runs: the one behind it has its
turn all the same, however Houdini walks its callbacks, and nothing is left."""

import sys

from scene import check, check_order, hou, start


def scenario():
    hou._quirks.mutated = sys.argv[1] == "mutated"
    probe = start()
    rounds = []
    hou.ui.addEventLoopCallback(lambda: rounds.append(hou.ui.ticks))
    yield 25
    stopped_in = []

    def stop(_index):
        stopped_in.append(hou.ui.ticks)
        probe.stop()

    probe.defer(stop)
    yield lambda: stopped_in
    yield 25
    check(stopped_in[0] in rounds, "another tool's callback missed the round in which ours went")
    check(rounds == list(range(rounds[0], rounds[-1] + 1)), f"another tool's callback missed a round: {rounds}")
    check(len(hou.ui.eventLoopCallbacks()) == 1, "the callback is left behind")
    check_order(probe)
    # And again, in the same Houdini.
    probe.start()
    probe.defer()
    yield lambda: probe.ran == 2
    check(len(hou.ui.eventLoopCallbacks()) == 2, "there are more callbacks than before")
