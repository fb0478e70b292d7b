"""`import silex` in Blender: started from an add-on's register(), awaited in coroutines, across a load."""

import os
import sys
import types

import bpy
import embedded
from scene import check, soon, timers

sys.path.insert(0, os.environ["SILEX_PYTHON"])
import silex  # noqa: E402

ran = []


def path():
    ran.append(embedded.is_main_thread())
    return bpy.data.filepath


def fails():
    raise ValueError("a command that fails")


async def tool():
    await silex.defer(bpy.ops.wm.open_mainfile, "shot_010.blend")
    first = await silex.defer(path)
    on_worker = await silex.worker(embedded.is_main_thread)
    try:
        await silex.defer(fails)
    except ValueError as error:
        return first, on_worker, str(error)


async def chain(count):
    for _ in range(count):
        await silex.defer(path)


def scenario():
    addon = types.SimpleNamespace(register=silex.start, unregister=silex.stop)
    for _ in range(2):
        bpy._enable(addon)
        check(silex.is_running() and silex.status().host == "blender", f"{silex.status()}")
        call = silex.run(tool())
        yield soon(call.done, "the call waits for ever")
        check(call.result(0) == ("shot_010.blend", False, "a command that fails"), f"{call.result(0)}")
        call = silex.run(chain(1000))
        yield soon(call.done, "the chain waits for ever")
        check(call.result(0) is None and ran == [True] * 1001, "a call did not run on the main thread")
        check(timers() == 1, f"there are {timers()} timers")
        ran.clear()
        bpy._disable(addon)
        check(not silex.is_running() and timers() == 0, "the add-on left something behind")
    bpy._enable(addon)
    silex.run(chain(1_000_000))
    yield 3
    bpy.ops.wm.quit_blender()
