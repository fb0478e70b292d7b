import os

import bpy
import probe

path = os.path.join(os.path.dirname(os.environ["SILEX_RESULTS"]), "silex_file_load.blend")
counts = {"ordinary": 0}


def ordinary_timer():
    counts["ordinary"] += 1
    return 0.0


@probe.on_main_thread
def save(_index):
    bpy.ops.wm.save_as_mainfile(filepath=path)
    bpy.data.objects.new("made after saving", None)
    bpy.app.timers.register(ordinary_timer)


@probe.on_main_thread
def load(_index):
    bpy.ops.wm.open_mainfile(filepath=path)
    counts["at_load"] = counts["ordinary"]


@probe.on_main_thread
def loaded(_index):
    probe.figures["ordinary_timer_after_load"] = counts["ordinary"] - counts["at_load"]
    return "an old scene" if "made after saving" in bpy.data.objects else "the file's scene"


probe.start()
probe.play("file_load")
