import bpy
import silex

@silex.command("studio.Cubes", parameters={"count": int})  # on Blender's main thread; `async def` runs beside it
def cubes(context, count):
    for x in range(count):
        bpy.ops.mesh.primitive_cube_add(location=(3 * x, 0, 0))
        context.progress(100 * (x + 1) / count)
    return {"made": count}

action = silex.action("cubes").set("count", 12)  # action/cubes.yml, in a folder of SILEX_ACTION_CONFIG
action.execute().add_done_callback(lambda call: print("cubes:", call.result()))
