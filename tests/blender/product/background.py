"""The same in `blender --background`, where no timer fires: the script starts the runtime and pumps."""

import product_scene
import silex
from stage import played
from two_actions import both_run


async def scenario():
    shot, (shot_call, render_call) = await both_run()
    await product_scene.finish(shot, shot_call, render_call)


silex.start()
silex.pump_until(silex.run(played(scenario)), timeout=120)
silex.stop()
