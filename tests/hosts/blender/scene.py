"""What the scenarios in Blender share."""

import bpy  # Blender's own Python has it loaded from the start
from probe import Probe
from steps import PATIENCE, check, is_mapped, soon  # noqa: F401


def start(**settings):
    return Probe(**settings).start()


def registered():
    return bpy.app.timers._count()


def check_order(probe, floats=2):
    """Nothing was done that Blender does not survive. `floats`: as many may have been returned by timers, each of
    which Blender leaks."""
    figures = bpy.app.timers._figures()
    check(figures["off_main_thread"] == 0, "the list of timers was changed off the main thread")
    check(figures["removed_while_running"] == 0, "a timer was unregistered while it ran")
    check(figures["floats"] <= floats, f"{figures['floats']} floats were returned, none of which Blender releases")
    check("exception left" not in probe.log, probe.log)
