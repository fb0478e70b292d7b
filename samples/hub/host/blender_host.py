"""In a Blender that has the add-on, which connects it to the hub: runs the action of samples/hosts/blender.py, and stays."""
import os
import runpy

import bpy
import silex

_SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "hosts", "blender.py")


def begin():
    if not silex.is_running():
        return 0.05
    bpy.app.driver_namespace["silex_demo"] = runpy.run_path(_SAMPLE)  # an action ends when nobody holds it any more
    return None


bpy.app.timers.register(begin)
