"""Blender 5.1 tells at the top of its exit: the runtime stops there, before add-ons are disabled, and a load does not
drop the handler."""

import types

import bpy
import embedded
from scene import check, check_order, soon, start

addon = types.SimpleNamespace(register=lambda: None)


def scenario():
    bpy._be_version(5, 1, 0)
    probe = start()
    handlers = bpy.app.handlers.exit_pre
    check(len(handlers) == 1, f"there are {len(handlers)} handlers")
    bpy.ops.wm.open_mainfile("shot_010.blend")
    check(len(handlers) == 1, "a load dropped the handler")
    probe.stop()
    check(not handlers, "the handler is left behind")
    probe.start()

    def unregister():
        if probe.is_running:
            embedded.fatal("the runtime runs on while add-ons are disabled")

    addon.unregister = unregister
    bpy._enable(addon)
    probe.defer()
    yield soon(lambda: probe.ran == 1, "calls wait for ever")
    probe.start_caller()
    probe.defer(count=100)
    check_order(probe)
    bpy.ops.wm.quit_blender()
    yield 10
