"""`import silex` in Houdini and in hython: started by a start-up script and again by 456.py, awaited in coroutines."""

import embedded
from scene import check, hou, registered, soon
from use_silex import chain, noted, ran, silex, tool

ask = noted(hou.hipFile.name)


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
    check(silex.call_and_wait(ask) == "shot_010.hip", "call_and_wait() is not inline on the main thread")
    call = silex.run(tool(ask))
    yield ended(call)
    check(call.result(0) == ("shot_010.hip", False, "a command that fails"), f"{call.result(0)}")
    call = silex.run(chain(100, ask))
    yield ended(call)
    check(call.result(0) is None and ran == [True] * 102, "a call did not run on the main thread")
    if hou.isUIAvailable():
        check(registered() == 1, "456.py registered another callback")
    silex.stop()
    check(not silex.is_running(), "it runs on")
    silex.start()
    check(not hou._offences and not hou._errors, f"{hou._offences} {hou._errors}")
    silex.run(chain(1_000_000, ask))
    yield 3
    embedded.quit("finalize")
