import hou
import silex

@silex.command("studio.Cubes", parameters={"count": int})  # on Houdini's main thread; `async def` runs beside it
def cubes(context, count):
    for x in range(count):
        hou.node("/obj").createNode("geo").createNode("box").parm("tx").set(3 * x)
        context.progress(100 * (x + 1) / count)
    return {"made": count}

action = silex.action("cubes").set("count", 12)  # action/cubes.yml, in a folder of SILEX_ACTION_CONFIG
action.execute().add_done_callback(lambda call: print("cubes:", call.result()))
