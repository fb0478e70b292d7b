"""Maya's main loop, plug-ins and exit, as far as a plug-in in Python can see them: HOSTS.md, section 1.

A scenario says what happens and when: `yield` is one turn of the main loop, which ends in an idle event.
"""

import contextlib

import embedded
import frame
from idle_queue import IdleQueue

idle_queue = IdleQueue()
idle_jobs = []  # of scriptJob(idleEvent=): called over and over, as long as there are any
idle_job_calls = 0
callbacks = {}  # of MSceneMessage: id -> (message, function, client data)
calls = []  # every function of Maya's that was called: (name, whether on the main thread)
plugins = {}  # loaded: name -> uninitialize
# What an exit tells plug-ins, in this order; either may be missing.
exit_sends_message = True  # kMayaExiting; not in batch
exit_unloads_plugins = True  # uninitializePlugin

BATCH = embedded.mode() == "batch"


def called(name):
    calls.append((name, embedded.is_main_thread()))


def require_main_thread(name):
    if not embedded.is_main_thread():
        raise RuntimeError(f"maya.cmds.{name}: commands can only be executed on the main thread")


def turn():
    """The main loop of a Maya with a window. That of mayapy has no idle events."""
    global idle_job_calls
    if BATCH:
        return
    idle_queue.go_idle()
    for job in list(idle_jobs):
        idle_job_calls += 1
        job()
    if idle_jobs:
        embedded.post()  # it does not rest


def load_plugin(name, initialize, uninitialize=lambda: None):
    """loadPlugin: the idle queue is closed while the plug-in initialises."""
    idle_queue.closed = True
    try:
        initialize()
    finally:
        idle_queue.closed = False
    plugins[name] = uninitialize


def unload_plugin(name):
    plugins.pop(name)()
    if callbacks:
        embedded.fatal("a plug-in was unloaded and left callbacks of MSceneMessage behind")


@contextlib.contextmanager
def modal_dialog(idle_events):
    """A modal dialog is open: whether idle events come meanwhile depends on how it was made."""
    idle_queue.frozen = not idle_events
    try:
        yield
    finally:
        idle_queue.frozen = False


def send(message):
    for kind, function, data in list(callbacks.values()):
        if kind == message:
            function(data)


@frame.on_close
def exit_maya():
    """What Maya does when its main loop has ended, before it ends Python or does not."""
    embedded.note("exiting Maya")
    idle_queue.drop()
    if exit_sends_message and not BATCH:
        send("kMayaExiting")
    if exit_unloads_plugins:
        for name in list(plugins):
            unload_plugin(name)


embedded.set_turn(turn)

# As Maya does at its start; maya.api.OpenMaya is imported by who needs it.
import maya.cmds  # noqa: E402,F401
import maya.utils  # noqa: E402,F401
