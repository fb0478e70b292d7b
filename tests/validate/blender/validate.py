"""silex validate in the real Blender: a timer turns the checks; then Blender quits."""

import ctypes
import os

import bpy

# With the GIL in its hand, as a timer is called.
turn = ctypes.PyDLL(os.environ["SILEX_VALIDATE_LIBRARY"]).silex_validate_turn
turn.restype = ctypes.c_bool


def check():
    if turn(None):
        return 0.001
    bpy.ops.wm.quit_blender()
    return None


if bpy.app.background:
    while turn(None):
        pass
else:
    bpy.app.timers.register(check)
