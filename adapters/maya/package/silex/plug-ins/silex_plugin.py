"""Silex as a plug-in of Maya: loaded, the runtime starts as soon as Maya is idle; unloaded, it stops.

It is not called `silex`: this folder is on Python's path, where it would hide the package of that name.
"""

import os
import sys

import maya.api.OpenMaya as om

# Maya does not give every plug-in a __file__.
_file = os.path.abspath((lambda: 0).__code__.co_filename)
# Where a module's folders are not on the path (mayapy), the plug-in may still be loaded by its path.
_scripts = os.path.join(os.path.dirname(os.path.dirname(_file)), "scripts")
if _scripts not in sys.path:
    sys.path.append(_scripts)

import silex_maya  # noqa: E402


def maya_useNewAPI():
    """Tells Maya to hand over objects of its API 2.0."""


def initializePlugin(plugin):
    om.MFnPlugin(plugin, "Silex", silex_maya.version(), "Any")
    silex_maya.plugin_loaded(_file)


def uninitializePlugin(_plugin):
    silex_maya.plugin_unloaded(_file)
