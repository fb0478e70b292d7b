"""A worker registers timers while Blender walks its list without the GIL: in a build with ThreadSanitizer that is seen."""

import threading

import bpy


def work():
    for _ in range(2000):
        bpy.app.timers.register(lambda: None)


def scenario():
    bpy.app.timers.register(lambda: 0.0)
    thread = threading.Thread(target=work)
    thread.start()
    yield lambda: not thread.is_alive()
    yield 10
