"""Houdini ends, in one of its ways, with calls pending and threads alive: nobody is left waiting, and it exits with 0.

quit.py WAY WAITER: exit (hou.exit() on the main thread), exit_in_call, exit_in_thread, close (the window), process
(exit() without an end of Python), kill (_exit()); a native thread, a daemon or an ordinary Python thread waits.
"""

import atexit
import sys
import threading

import embedded
from scene import check, hou, start
from probe import HOST_GONE, VALUE

way, waiter = sys.argv[1], sys.argv[2]
CALLS = 200


def qt_application():
    """As a Houdini with a window has; where none is loaded, atexit is what is left."""
    if hou.isUIAvailable() and way != "close_without_qt":
        from PySide2 import QtCore

        return QtCore.QCoreApplication([])
    return None


def wait_in_python(probe):
    """Waits for a call of its own, as a blocking call from a Python thread does: without a timeout."""

    return threading.Thread(target=probe.call_until_gone, daemon=waiter == "daemon")


def scenario():
    application = qt_application()
    probe = None

    # Registered before the adapter's own hook, hence run after it.
    @atexit.register
    def look():
        if probe.told != probe.deferred or probe.outcomes(VALUE) + probe.outcomes(HOST_GONE) != probe.told:
            embedded.fatal(f"of {probe.deferred} calls {probe.told} were told their outcome")
        if probe.is_running:
            embedded.fatal("the runtime still runs while Python ends")

    probe = start()
    probe.application = application
    probe.defer()
    if hou.isUIAvailable():
        yield lambda: probe.ran == 1
    else:
        probe.pump(30)
    probe.start_caller() if waiter == "native" else wait_in_python(probe).start()
    leave(probe)
    probe.defer(count=CALLS)
    yield 2000
    raise AssertionError("Houdini goes on")


def leave(probe):
    def exit(_index=0):
        try:
            hou.exit()
        except SystemExit:
            pass

    if way == "exit":
        exit()
    elif way == "exit_in_call":
        probe.defer(exit)
    elif way == "exit_in_thread":
        threading.Thread(target=exit).start()
    elif way in ("close", "close_without_qt"):
        embedded.quit("finalize")
    elif way == "process":
        embedded.quit("exit")
    elif way == "kill":
        embedded.quit("_exit")
    else:
        raise ValueError(way)
