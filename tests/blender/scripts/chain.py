import time

import bpy
import probe

ticks = []


def tick():
    ticks.append(time.perf_counter())
    return 0.0


@probe.on_main_thread
def begin(_index):
    ticks.clear()
    bpy.app.timers.register(tick, persistent=True)


@probe.on_main_thread
def end(_index):
    bpy.app.timers.unregister(tick)
    return (ticks[-1] - ticks[0]) / (len(ticks) - 1)


probe.start()
probe.play("chain")
