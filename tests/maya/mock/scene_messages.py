"""kMayaExiting comes before uninitializePlugin, with the data that was handed over."""

import embedded
import maya_host
from maya.api import OpenMaya

order = []


def uninitialize():
    order.append("uninitializePlugin")
    OpenMaya.MMessage.removeCallback(identifier)
    if order != [("exiting", None), "uninitializePlugin"]:
        embedded.fatal(f"the order was {order}")


def scenario():
    global identifier
    identifier = OpenMaya.MSceneMessage.addCallback(
        OpenMaya.MSceneMessage.kMayaExiting, lambda data: order.append(("exiting", data))
    )
    maya_host.load_plugin("other", lambda: None, uninitialize)
    try:
        OpenMaya.MMessage.removeCallback(-1)
    except RuntimeError:
        pass
    else:
        raise AssertionError("an unknown callback was removed")
    yield
    embedded.quit("finalize")
