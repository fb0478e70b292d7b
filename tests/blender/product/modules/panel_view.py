"""The panel as an artist comes to it: the sidebar opened, the tab clicked, a picture taken. Main thread, unless said."""

import sys

import bpy
import silex

panel = sys.modules["silex_addon.panel"]
draws = 0
_draw = panel.SILEX_PT_actions.draw


def _counted(self, context):
    global draws
    draws += 1
    _draw(self, context)


panel.SILEX_PT_actions.draw = _counted


def _area():
    window = bpy.context.window_manager.windows[0]
    return window, next(area for area in window.screen.areas if area.type == "VIEW_3D")


def _sidebar():
    return next(region for region in _area()[1].regions if region.type == "UI")


def open_sidebar():
    _area()[1].spaces.active.show_region_ui = True


def click(y):
    """At so many pixels below the sidebar's top, where its tabs are."""
    window, region = _area()[0], _sidebar()
    at = {"x": region.x + region.width - 10, "y": region.y + region.height - y}
    window.event_simulate(type="MOUSEMOVE", value="NOTHING", **at)
    window.event_simulate(type="LEFTMOUSE", value="PRESS", **at)
    window.event_simulate(type="LEFTMOUSE", value="RELEASE", **at)


async def bring_to_front():
    """On the lane: opens the sidebar and tries its tabs from the top until the panel is drawn."""
    await silex.defer(open_sidebar)
    # Blender lays it out in the frames that follow, the first of which may take seconds.
    for _ in range(60):
        for y in range(12, 400, 12):
            if draws:
                return
            if await silex.defer(lambda: _sidebar().width > 100):
                await silex.defer(click, y)
            await silex.sleep(0.1)
    raise TimeoutError("the panel was not drawn, wherever one clicked")


async def draws_while_nothing_changes():
    """On the lane: how often the panel is drawn in four of its looks, once what changed before has come to rest."""
    for _ in range(40):
        drawn, view = draws, panel._view
        await silex.sleep(4 * panel._INTERVAL)
        if panel._view == view and draws == drawn:
            return 0
    return draws - drawn


def colours(file):
    """Takes a picture of the window, and counts the colours where the sidebar is."""
    window, area = _area()
    region = _sidebar()
    with bpy.context.temp_override(window=window, area=area):
        bpy.ops.screen.screenshot(filepath=file)
    picture = bpy.data.images.load(file)
    width, height = picture.size
    pixels = picture.pixels[:]
    bpy.data.images.remove(picture)
    found = set()
    for y in range(region.y, min(region.y + region.height, height), 2):
        for x in range(region.x, min(region.x + region.width, width), 2):
            at = 4 * (y * width + x)
            found.add(tuple(round(value * 255) for value in pixels[at : at + 3]))
    return len(found)
