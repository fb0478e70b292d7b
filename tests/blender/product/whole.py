"""Two actions at once in Blender's window; a user answers, cancels and takes back; a file is loaded in the middle."""

import os

import bpy
import panel_view
import product_scene
import silex
from stage import figures, files, play_in_window, progress, standing, until

SHOT, RENDER = "Build shot sh010", "Render sh020"


async def both_run():
    shot, render = silex.action("shot"), silex.action("render")
    calls = shot.execute(), render.execute()
    await until(lambda: product_scene.is_waiting(standing(SHOT)), "prompt")
    await until(lambda: progress(RENDER) >= 25, "render at its gate")
    figures["both_ran"] = standing(SHOT) is not None and standing(RENDER) is not None
    figures["objects_built"] = await silex.defer(product_scene.count)
    figures["saved_bytes"] = os.path.getsize("sh010.blend")
    figures["files_before_the_answer"] = files()
    return shot, calls


async def panel_is_seen():
    await panel_view.bring_to_front()
    await until(lambda: panel_view.panel._view.rows and panel_view.panel._view.is_connected, "view of the actions")
    await silex.sleep(1)  # the last redraws of what changed before
    before = panel_view.draws
    await silex.sleep(1)  # nothing changes: a redraw in this time is one too many
    figures["panel_draws_while_nothing_changed"] = panel_view.draws - before
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
    await product_scene.finish(shot, shot_call, render_call, figures)
    again = silex.action("render").execute()
    await until(lambda: standing(RENDER) is not None, "render again")
    uuid = standing(RENDER).uuid
    await silex.defer(lambda: bpy.ops.silex.cancel(uuid=uuid))
    figures["cancelled_by_the_button"] = await product_scene.ending(again)


play_in_window(scenario)
