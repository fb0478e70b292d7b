"""maya.cmds: the commands that have to do with threads and idle time. Each raises outside the main thread."""

import functools

import embedded
import maya_host
from idle_queue import EVALUATE_NEXT, LOWEST, NORMAL, call_of


def command(function):
    @functools.wraps(function)
    def checked(*arguments, **keywords):
        maya_host.called(function.__name__)
        maya_host.require_main_thread(function.__name__)
        return function(*arguments, **keywords)

    return checked


@command
def about(batch=False, version=False):
    return maya_host.BATCH if batch else "2024" if version else ""


@command
def evalDeferred(code, lowestPriority=False, evaluateNext=False):
    priority = LOWEST if lowestPriority else EVALUATE_NEXT if evaluateNext else NORMAL
    maya_host.idle_queue.add(priority, call_of(code, (), {}))


@command
def flushIdleQueue(resume=False):
    if not resume:
        maya_host.idle_queue.go_idle()


@command
def scriptJob(idleEvent=None, kill=None):
    if kill is not None:
        maya_host.idle_jobs.pop(kill)
        return None
    maya_host.idle_jobs.append(idleEvent)
    embedded.post()
    return len(maya_host.idle_jobs) - 1
