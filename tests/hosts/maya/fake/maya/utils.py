"""maya.utils: HOSTS.md, section 1.1."""

import threading

import embedded
import maya_host
from idle_queue import NORMAL, call_of


def executeDeferred(code, *arguments, **keywords):
    """From any thread; returns at once. Runs when the main thread is idle; never in batch."""
    maya_host.called("executeDeferred")
    maya_host.idle_queue.add(NORMAL, call_of(code, arguments, keywords))


def executeInMainThreadWithResult(code, *arguments, **keywords):
    """On the main thread: at once. From another one: blocks until the main thread was idle."""
    maya_host.called("executeInMainThreadWithResult")
    call = code if callable(code) else (lambda: eval(code))
    if embedded.is_main_thread():
        return call(*arguments, **keywords)
    outcome, ready = [], threading.Event()

    def run():
        try:
            outcome.append((call(*arguments, **keywords), None))
        except Exception as error:
            outcome.append((None, error))
        ready.set()

    maya_host.idle_queue.add(NORMAL, run)
    ready.wait()  # for ever, where nothing is idle any more
    result, error = outcome[0]
    if error is not None:
        raise error
    return result


def processIdleEvents():
    """Drains the idle queue now, in batch too. Whether all of it was."""
    maya_host.called("processIdleEvents")
    maya_host.idle_queue.go_idle()
    return len(maya_host.idle_queue) == 0
