"""Starts the sample inside Blender: blender --python blender_hello.py, with SILEX_HELLO naming its library."""
import ctypes
import os

import bpy

SceneName = ctypes.CFUNCTYPE(None, ctypes.POINTER(ctypes.c_char), ctypes.c_int)
Show = ctypes.CFUNCTYPE(None, ctypes.c_char_p)


@SceneName
def scene_name(text, size):
    name = bpy.data.scenes[0].name.encode()[: size - 1] + b"\0"
    ctypes.memmove(text, name, len(name))


@Show
def show(line):
    print(line.decode(), flush=True)
    bpy.data.objects["Cube"].name = line.decode()[:60]
    bpy.ops.wm.quit_blender()


class Functions(ctypes.Structure):
    _fields_ = [("scene_name", SceneName), ("show", Show)]


hello = ctypes.CDLL(os.environ["SILEX_HELLO"])
hello.hello_start.argtypes = [Functions]
hello.hello_start.restype = ctypes.c_bool
functions = Functions(scene_name, show)
# The library calls them later, and Blender forgets a script's names when it has ended.
bpy.app.driver_namespace["silex_hello"] = functions
if not hello.hello_start(functions):
    raise SystemExit(1)
