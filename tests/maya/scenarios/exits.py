"""Maya quits with calls pending, native threads and a Python thread that wait, and another alive: exits.py ENDING HOOKS

ENDING: finalize, exit or _exit. HOOKS: all (kMayaExiting, uninitializePlugin), quick (kMayaExiting alone),
unload (uninitializePlugin alone), none (Python's atexit alone, and only where Python is ended: elsewhere it is enough
that nothing hangs).
"""

import atexit
import sys
import threading
import time

import embedded
import frame
import maya_host
import probe

ending, hooks = sys.argv[1:]
runtime = None
stops = []


def told():
    """After whatever hook of Maya's came last."""
    runtime.wait(lambda: runtime.told == 1001 and runtime.callers_told == 3)
    if runtime.told != 1001 or runtime.callers_told != 3:
        embedded.fatal(f"only {runtime.told} of 1001 calls and {runtime.callers_told} of 3 threads were told their end")
    if runtime.is_running:
        embedded.fatal("the runtime still runs")
    if stops and stops != [hooks == "unload"]:
        embedded.fatal("kMayaExiting did not stop the runtime before uninitializePlugin came")


if hooks != "none":
    frame.on_close(told)
elif ending == "finalize":
    atexit.register(told)  # before the adapter's, hence run after it


def initialize():
    global runtime
    runtime = probe.Probe().start()


def uninitialize():
    stops.append(runtime.is_running)
    runtime.stop()


def work():
    while True:
        time.sleep(0.001)


def scenario():
    maya_host.exit_sends_message = hooks in ("all", "quick")
    maya_host.exit_unloads_plugins = hooks in ("all", "unload")
    maya_host.load_plugin("silex", initialize, uninitialize)
    threading.Thread(target=work, daemon=True).start()
    runtime.defer()
    yield lambda: runtime.told == 1
    for _ in range(2):
        runtime.start_caller()
    # No daemon: Python waits for it before atexit, for ever unless it is told by then.
    threading.Thread(target=runtime.call_until_gone).start()
    runtime.defer(None, 1000)
    embedded.quit(ending)
