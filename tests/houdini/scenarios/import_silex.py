"""`import silex` in Houdini and in hython: started by a start-up script and again by 456.py, awaited in coroutines."""

import os
import sys

import embedded
from scene import check, hou, soon

sys.path.insert(0, os.environ["SILEX_PYTHON"])
import silex  # noqa: E402

ran = []


def name():
    ran.append(embedded.is_main_thread())
    return hou.hipFile.name()


def fails():
    raise ValueError("a command that fails")


async def tool():
    first = await silex.defer(name)
    on_worker = await silex.worker(embedded.is_main_thread)
    try:
        await silex.defer(fails)
    except ValueError as error:
        return first, on_worker, str(error)


async def chain(count):
    for _ in range(count):
        await silex.defer(name)


def ended(call):
    if hou.isUIAvailable():
        return soon(call.done, "the call waits for ever")
    silex.pump_until(call)
    return None


def scenario():
    hou._set_456(silex.start)
    silex.start()
    check(silex.is_running() and silex.status().host == "houdini", f"{silex.status()}")
    hou.hipFile.load("shot_010.hip")
    check(silex.call_and_wait(name) == "shot_010.hip", "call_and_wait() is not inline on the main thread")
    call = silex.run(tool())
    yield ended(call)
    check(call.result(0) == ("shot_010.hip", False, "a command that fails"), f"{call.result(0)}")
    call = silex.run(chain(1000))
    yield ended(call)
    check(call.result(0) is None and ran == [True] * 1002, "a call did not run on the main thread")
    if hou.isUIAvailable():
        check(len(hou.ui.eventLoopCallbacks()) == 1, "456.py registered another callback")
    silex.stop()
    check(not silex.is_running(), "it runs on")
    silex.start()
    check(not hou._offences and not hou._errors, f"{hou._offences} {hou._errors}")
    silex.run(chain(1_000_000))
    yield 3
    embedded.quit("finalize")
