"""What Maya and other plug-ins still do at their start comes first: the adapter starts when Maya is idle for real."""

import embedded
import maya_host
import probe
from maya import cmds, utils

started = []


def start_up(left):
    """A chain of idle events, as the UI of Maya is built."""
    assert not any(name == "executeDeferred" and not on_main for name, on_main in maya_host.calls), (
        "the adapter asked before Maya's own start was over"
    )
    if left:
        utils.executeDeferred(start_up, left - 1)
    else:
        started.append(True)


def failing(function):
    def checked(*arguments):
        try:
            function(*arguments)
        except AssertionError as error:
            embedded.fatal(str(error))

    return checked


start_up = failing(start_up)


def scenario():
    utils.executeDeferred(start_up, 20)
    runtime = probe.Probe().start()
    runtime.defer()
    for _ in range(20):
        runtime.wait(lambda: runtime.wakes >= 1)
        embedded.let_others_run(0.01)
        yield
    yield lambda: started
    yield lambda: runtime.told == 1
    embedded.quit("finalize")
