"""maya.utils and evalDeferred: what runs when, and on which thread."""

import threading

import embedded
import maya_host
from maya import cmds, utils

ran = []


def scenario():
    # In order of priority; the lowest one when nothing else is scheduled.
    cmds.evalDeferred(lambda: ran.append("lowest"), lowestPriority=True)
    cmds.evalDeferred(lambda: ran.append("normal"))
    cmds.evalDeferred(lambda: ran.append("next"), evaluateNext=True)
    utils.executeDeferred(ran.append, "deferred")
    assert ran == []
    yield
    assert ran == ["next", "normal", "deferred"], ran
    yield
    assert ran.pop() == "lowest"

    # A string or a callable; one that raises is no end of the others.
    utils.executeDeferred("import __main__; __main__.ran_string = True")
    utils.executeDeferred(lambda: 1 / 0)
    utils.executeDeferred(ran.append, "behind one that raised")
    yield
    import __main__

    assert __main__.ran_string and ran[-1] == "behind one that raised"

    # What comes during an idle event waits for the next one.
    utils.executeDeferred(utils.executeDeferred, ran.append, "nested")
    yield
    assert ran[-1] != "nested"
    assert utils.processIdleEvents()
    assert ran[-1] == "nested"

    # With a result: at once on the main thread, blocking elsewhere.
    assert utils.executeInMainThreadWithResult("6 * 7") == 42
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(utils.executeInMainThreadWithResult(embedded.is_main_thread)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    embedded.let_others_run(0.02)
    assert results == []
    yield lambda: len(results) == 3
    assert results == [True] * 3

    # What waits when Maya exits is dropped.
    utils.executeDeferred(embedded.fatal, "it ran after the exit")
    embedded.quit("finalize")
