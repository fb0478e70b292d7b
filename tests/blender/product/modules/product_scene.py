"""The studio's commands in Python: actions name them by this module, which nobody imports before."""

import os
import threading

import bpy
import silex
from stage import figures, files, until

PREFIX = "silex set "
gate = threading.Event()  # where the render waits at 25 %
queued = threading.Event()


def count():
    return len([True for each in bpy.data.objects if each.name.startswith(PREFIX)])


def _add(first, last):
    for number in range(first, last):
        each = bpy.data.objects.new(f"{PREFIX}{number:03}", bpy.data.meshes[0])
        each.location.x = 3 * number
        bpy.context.scene.collection.objects.link(each)


def _remove_all():
    for each in [each for each in bpy.data.objects if each.name.startswith(PREFIX)]:
        bpy.data.objects.remove(each)


@silex.command("product_scene.Build", parameters={"count": int})
async def build(context, count):
    for first in range(0, count, 10):
        await context.main_thread(_add, first, min(first + 10, count))
        context.progress(100 * first / count)
    context.log(f"{count} objects")


@build.undo
async def unbuild(context):
    await context.main_thread(_remove_all)


@silex.command("product_scene.Save", parameters={"file": str})
def save(context, file):
    bpy.ops.wm.save_as_mainfile(filepath=os.path.abspath(file), copy=True)
    context.kept["file"] = file


@save.undo
def unsave(context):
    os.remove(context.kept["file"])


@silex.command("product_scene.ExportMesh", parameters={"file": str})
def export_mesh(context, file):
    bpy.ops.wm.obj_export(filepath=os.path.abspath(file), export_materials=False)
    context.kept["file"] = file


@export_mesh.undo
def unexport_mesh(context):
    os.remove(context.kept["file"])


@silex.command("product_scene.Look", on="worker")
def look(_context):
    """The user takes everything back as soon as the action is done: this is the last moment to see it."""
    with open("sh010.txt", encoding="utf-8") as file:
        return {"files": files(), "cache": file.read()}


@silex.command("product_scene.Render")
async def render(context):
    context.progress(25)
    while not gate.is_set():
        await silex.sleep(0.02)
    context.progress(40)
    while True:
        await silex.sleep(0.02)


def hold_until_queued():
    """On the main thread: quits Blender once all the calls are in the queue behind this one."""
    queued.wait(60)
    figures["failure"] = None
    bpy.ops.wm.quit_blender()


def is_waiting(action):
    return action is not None and action.status == "waiting_for_response"


async def ending(call):
    """How a call ended, in a word where it ended as it should."""
    try:
        await call
        return "completed"
    except silex.Cancelled:
        return "cancelled"
    except silex.Error as error:
        return f"{error}\n{error.detail}"


async def finish(shot, shot_call, render_call):
    """From the answered prompt to the undo: the user does what there is to do."""
    gate.set()
    figures["shot"] = await ending(shot_call)
    seen = (await shot_call)["export"]["look"]
    figures["exported"], figures["cache"] = seen["files"], seen["cache"]
    figures["render"] = await ending(render_call)
    await until(lambda: shot.status == "initialized" and not files(), "undo")
    figures["files_after"] = files()
    figures["objects_after"] = await silex.defer(count)
