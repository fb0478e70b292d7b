"""What the scenarios share: they are coroutines of Silex's, and what they see is written when Blender ends."""

import atexit
import contextlib
import json
import os
import traceback

import bpy
import silex

figures = {"failure": "the scenario did not end"}
_MADE = ("delivered", "sh010.blend", "sh010.obj", "sh010.txt")


async def until(condition, what, seconds=90):
    """Waits for the condition, which is looked at on the Python lane."""
    for _ in range(int(seconds / 0.02)):
        if condition():
            return
        await silex.sleep(0.02)
    raise TimeoutError(f"after {seconds} s there is no {what}: {silex.status()}")


def files():
    """Of those that the shot makes, which are there."""
    return [name for name in _MADE if os.path.exists(name)]


def standing(label):
    """The action with that label as a panel sees it; None where none runs."""
    return next((action for action in silex.status().actions if action.label == label), None)


def progress(label):
    action = standing(label)
    return (action.progress or 0) if action else 0


def is_connected():
    return silex.status().connection == "connected"


def quit_blender():
    bpy.ops.wm.quit_blender()


async def played(scenario):
    """The scenario, with its failure in the figures."""
    try:
        await until(is_connected, "connection")
        figures["host"] = silex.status().host
        await scenario()
        figures["failure"] = None
    except Exception:
        figures["failure"] = traceback.format_exc()


def play_in_window(scenario):
    """Plays it once the add-on has started the runtime, then quits Blender."""

    async def whole():
        await played(scenario)
        with contextlib.suppress(silex.HostGone):  # it ends with what it does
            await silex.defer(quit_blender)

    def begin():
        if not silex.is_running():
            return 0.05
        silex.run(whole())
        return None

    bpy.app.timers.register(begin, persistent=True)


def play_in_steps(scenario):
    """Plays a generator on the main thread, across stops of the runtime: it yields what it waits for, then quits Blender."""
    steps = scenario()
    waiting = [lambda: True]
    turns = [0]

    def turn():
        turns[0] += 1
        try:
            if waiting[0]():
                waiting[0] = next(steps)
            elif turns[0] > 9000:
                raise TimeoutError("what was waited for did not come")
            return 0.01
        except StopIteration:
            figures["failure"] = None
        except Exception:
            figures["failure"] = traceback.format_exc()
        quit_blender()
        return None

    bpy.app.timers.register(turn, persistent=True)


@atexit.register
def _write():
    with open(os.environ["SILEX_RESULTS"], "w", encoding="utf-8") as file:
        json.dump(figures, file, indent=1)
