"""Runs the lines of blender.py in a Blender that has the add-on, as from its text editor, and quits when they are done."""

import os
import runpy

import bpy
import silex

_SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "blender.py")


def begin():
    # The add-on starts the runtime once Blender is up.
    if not silex.is_running():
        return 0.05
    print(f"Silex {silex.__version__} runs in '{silex.status().host}', from {os.path.dirname(silex.__file__)}", flush=True)
    sample = runpy.run_path(_SAMPLE)
    bpy.app.driver_namespace["silex_demo"] = sample  # an action ends when nobody holds it any more
    bpy.app.timers.register(look)
    return None


def look():
    action = bpy.app.driver_namespace["silex_demo"]["action"]
    if action.status in ("initialized", "processing"):
        return 0.05
    print(f"'{action.label}' is {action.status}; the scene has {len(bpy.data.objects)} objects", flush=True)
    bpy.ops.wm.quit_blender()
    return None


bpy.app.timers.register(begin)
