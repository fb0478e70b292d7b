"""Two actions at once in Blender's window; a user answers, cancels and takes back; a file is loaded in the middle."""

import os

import bpy
import panel_view
import product_scene
import silex
from stage import figures, play_in_window, progress, standing, until
from two_actions import RENDER, SHOT, both_run


async def panel_is_seen():
    await panel_view.bring_to_front()
    await until(lambda: len(panel_view.panel._view.rows) == 2, "view of both actions")
    figures["panel_draws_while_nothing_changed"] = await panel_view.draws_while_nothing_changes()
    figures["panel_draws"] = panel_view.draws
    figures["panel_labels"] = sorted(row.label for row in panel_view.panel._view.rows)
    figures["panel_headline"] = panel_view.panel._view.headline
    figures["colours_in_the_panel"] = await silex.defer(panel_view.colours, os.path.abspath("panel.png"))


async def a_file_is_loaded():
    await silex.defer(lambda: bpy.ops.wm.open_mainfile(filepath=os.path.abspath("sh010.blend")))
    figures["loaded_in_the_middle"] = standing(SHOT) is not None and progress(RENDER) >= 25
    calls = [silex.defer(product_scene.count) for _ in range(100)]
    figures["calls_behind_the_load"] = len([True for call in calls if await call == 60])


async def scenario():
    shot, (shot_call, render_call) = await both_run()
    await panel_is_seen()
    await a_file_is_loaded()
    await product_scene.finish(shot, shot_call, render_call)
    again = silex.action("render").execute()
    await until(lambda: standing(RENDER) is not None, "render again")
    uuid = standing(RENDER).uuid
    await silex.defer(lambda: bpy.ops.silex.cancel(uuid=uuid))
    figures["cancelled_by_the_button"] = await product_scene.ending(again)


play_in_window(scenario)
