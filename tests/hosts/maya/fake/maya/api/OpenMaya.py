"""maya.api.OpenMaya: scene messages, which Maya never forgives a plug-in that leaves them behind."""

import itertools

import embedded
import maya_host

_ids = itertools.count(1)


class MMessage:
    @staticmethod
    def removeCallback(identifier):
        maya_host.called("removeCallback")
        if maya_host.callbacks.pop(identifier, None) is None:
            raise RuntimeError("(kFailure): Unexpected Internal Failure")


class MSceneMessage(MMessage):
    kMayaExiting = "kMayaExiting"

    @staticmethod
    def addCallback(message, function, clientData=None):
        maya_host.called("addCallback")
        if not embedded.is_main_thread():
            embedded.fatal("the OpenMaya API was used outside the main thread")
        identifier = next(_ids)
        maya_host.callbacks[identifier] = (message, function, clientData)
        return identifier
