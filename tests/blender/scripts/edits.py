import time

import bpy
import probe

draws = []
ticks = []


def draw():
    draws.append(time.perf_counter())


def tick():
    ticks.append(time.perf_counter())
    return 0.0


def create(who, index):
    made = bpy.data.objects.new(f"{who}.{index}", None)
    bpy.context.scene.collection.objects.link(made)
    if index % 50 == 0:
        bpy.context.view_layer.update()
    return made.name


@probe.on_main_thread
def anna(index):
    return create("anna", index)


@probe.on_main_thread
def bert(index):
    return create("bert", index)


@probe.on_main_thread
def begin(_index):
    # The first object of a kind has its shaders compiled when it is drawn.
    create("first", 0)
    bpy.ops.wm.redraw_timer(type="DRAW_WIN_SWAP", iterations=1)
    ticks.clear()
    draws.clear()


@probe.on_main_thread
def end(_index):
    now = time.perf_counter()
    probe.figures["draws"] = len(draws)
    gaps = [b - a for a, b in zip(ticks, ticks[1:] + [now])]
    probe.figures["ticks"] = len(ticks)
    probe.figures["largest_tick_gap_ms"] = max(gaps, default=0) * 1e3


@probe.on_main_thread
def count(_index):
    names = {name for name in bpy.data.objects.keys() if name.startswith(("anna.", "bert."))}
    expected = {f"{who}.{index}" for who in ("anna", "bert") for index in range(1000)}
    return "all there" if names == expected else f"{len(names & expected)} of 2000, {len(names - expected)} strange"


bpy.types.SpaceView3D.draw_handler_add(draw, (), "WINDOW", "POST_PIXEL")
bpy.app.timers.register(tick, persistent=True)
probe.start()
probe.play("edits")
