"""Stops and starts the runtime several times in one Blender, and unloads it all before Blender quits."""

import bpy
import probe

rounds = 0


def is_mapped():
    with open("/proc/self/maps", encoding="utf-8") as maps:
        return "silex_adapter_blender" in maps.read()


@probe.on_main_thread
def answer(index):
    return index * index


def next_round():
    global rounds
    if not probe.has_ended():
        return 0.01
    rounds += 1
    probe.stop()
    if rounds < 5:
        probe.start_again()
        probe.play("calls")
        return 0.01
    probe.figures["rounds"] = rounds
    probe.figures["mapped_while_loaded"] = is_mapped()
    probe.close()
    probe.figures["mapped_when_unloaded"] = is_mapped()
    probe.quit()
    return None


probe.start()
probe.play("calls")
bpy.app.timers.register(next_round)
