"""Blender ends, in one of its ways, with calls pending and threads alive: nobody is left waiting, and it exits with 0.

quit.py WAY WAITER: quit (quit_blender()), quit_in_call, exit_pre (that of Blender 5.1), addon (its unregister() stops
us), process (exit() without an end of Python), kill (_exit()); a native thread, a daemon or an ordinary Python thread
waits.
"""

import atexit
import sys
import threading
import types

import bpy
import embedded
from scene import check, soon, start
from probe import HOST_GONE, VALUE

way, waiter = sys.argv[1], sys.argv[2]


def scenario():
    if way == "exit_pre":
        bpy._be_version(5, 1, 0)
    probe = None

    # Registered before the adapter's own hook, hence run after it.
    @atexit.register
    def look():
        if probe.told != probe.deferred or probe.outcomes(VALUE) + probe.outcomes(HOST_GONE) != probe.told:
            embedded.fatal(f"of {probe.deferred} calls {probe.told} were told their outcome")
        if probe.is_running:
            embedded.fatal("the runtime still runs while Python ends")

    probe = start()
    if way == "addon":
        bpy._enable(types.SimpleNamespace(register=lambda: None, unregister=probe.stop))
    probe.defer()
    if bpy.app.background:
        probe.pump(30)
    else:
        yield soon(lambda: probe.ran == 1, "calls wait for ever")
    if waiter == "native":
        probe.start_caller()
    else:
        threading.Thread(target=probe.call_until_gone, daemon=waiter == "daemon").start()
    if way == "quit_in_call":
        probe.defer(lambda _index: bpy.ops.wm.quit_blender())
    else:
        embedded.quit({"process": "exit", "kill": "_exit"}.get(way, "finalize"))
    probe.defer(count=200)
    yield soon(embedded.is_quitting, "Blender goes on")
    yield
    check(False, "Blender goes on")
