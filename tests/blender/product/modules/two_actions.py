"""The two actions, up to where one waits for an answer and the other at its gate."""

import os

import product_scene
import silex
from stage import figures, files, progress, standing, until

SHOT, RENDER = "Build shot sh010", "Render sh020"


async def both_run():
    """The shot's handle, and the calls of both."""
    shot, render = silex.action("shot"), silex.action("render")
    calls = shot.execute(), render.execute()
    await until(lambda: product_scene.is_waiting(standing(SHOT)), "prompt")
    await until(lambda: progress(RENDER) >= 25, "render at its gate")
    figures["both_ran"] = standing(SHOT) is not None and standing(RENDER) is not None
    figures["objects_built"] = await silex.defer(product_scene.count)
    figures["saved_bytes"] = os.path.getsize("sh010.blend")
    figures["files_before_the_answer"] = files()
    return shot, calls
