"""What freezes or aborts Maya ends the mock, and is told: kills.py WHAT"""

import sys
import threading

import maya_host
from maya import utils
from maya.api import OpenMaya


def join(function, *arguments):
    thread = threading.Thread(target=function, args=arguments)
    thread.start()
    thread.join()


def add_callback():
    OpenMaya.MSceneMessage.addCallback(OpenMaya.MSceneMessage.kMayaExiting, print)


def scenario():
    yield
    if sys.argv[1] == "closed_queue":
        maya_host.load_plugin("eager", lambda: join(utils.executeDeferred, print))
    elif sys.argv[1] == "openmaya_off_main":
        join(add_callback)
    elif sys.argv[1] == "left_callback":
        maya_host.load_plugin("careless", add_callback)
        maya_host.unload_plugin("careless")
