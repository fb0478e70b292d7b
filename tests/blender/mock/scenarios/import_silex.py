"""`import silex` in Blender: started from an add-on's register(), awaited in coroutines, across a load."""

import types

import bpy
from scene import check, registered, soon
from use_silex import chain, noted, ran, silex, tool

ask = noted(lambda: bpy.data.filepath)


async def loads():
    await silex.defer(bpy.ops.wm.open_mainfile, "shot_010.blend")
    return await tool(ask)


def scenario():
    addon = types.SimpleNamespace(register=silex.start, unregister=silex.stop)
    for _ in range(2):
        bpy._enable(addon)
        check(silex.is_running() and silex.status().host == "blender", f"{silex.status()}")
        call = silex.run(loads())
        yield soon(call.done, "the call waits for ever")
        check(call.result(0) == ("shot_010.blend", False, "a command that fails"), f"{call.result(0)}")
        call = silex.run(chain(100, ask))
        yield soon(call.done, "the chain waits for ever")
        check(call.result(0) is None and ran == [True] * 101, "a call did not run on the main thread")
        check(registered() == 1, f"there are {registered()} timers")
        ran.clear()
        bpy._disable(addon)
        check(not silex.is_running() and registered() == 0, "the add-on left something behind")
    bpy._enable(addon)
    silex.run(chain(1_000_000, ask))
    yield 3
    bpy.ops.wm.quit_blender()
