"""Started from an add-on's register(), where neither data nor context can be seen; enabled, disabled and enabled again
in one process; disabled with calls pending."""

import types

import bpy
from scene import check, check_order, is_mapped, registered, soon, start

probes = []


def register():
    try:
        bpy.context.scene
        raise AssertionError("the mock's register() is not restricted")
    except AttributeError as error:
        check("_RestrictData" in str(error), str(error))
    probes.append(start())


def unregister():
    probe = probes.pop()
    probe.defer(count=1000)
    probe.stop()
    check(probe.told == probe.deferred, "a pending call was not told its end")
    probe.destroy()


def scenario():
    addon = types.SimpleNamespace(register=register, unregister=unregister)
    for starts in range(1, 4):
        bpy._enable(addon)
        check(registered() == 1, f"there are {registered()} timers")
        probe = probes[0]
        probe.defer(count=10)
        yield soon(lambda: probe.ran == 10, "calls wait for ever")
        check_order(probe, floats=2 * starts)
        bpy._disable(addon)
        check(registered() == 0, "the timer is left behind")
        check(not is_mapped("silex_adapter_blender"), "the adapter's code is left behind")
    # With the code still there: Python never unloads an extension module.
    kept = start()
    bpy._enable(addon)
    kept.defer()
    yield soon(lambda: kept.ran == 1, "calls wait for ever")
    check(registered() == 2, f"there are {registered()} timers")
