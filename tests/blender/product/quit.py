"""Blender quits while an action runs, a thousand calls wait, and a thread of Python's waits for a coroutine."""

import threading

import product_scene
import silex
from stage import figures, play_in_window, progress, until

PENDING = 1000
figures.update(pending=PENDING, told=0, action_told=False, thread_told=None)
_lock = threading.Lock()


def told(_call):
    with _lock:
        figures["told"] += 1


def action_told(_call):
    figures["action_told"] = True


def waits(held):
    """The body of a thread that is not a daemon, so that Python waits for it when it ends: `held` ends no sooner."""
    try:
        held.result()
    except Exception as told_by:
        figures["thread_told"] = type(told_by).__name__


async def scenario():
    silex.action("render").execute().add_done_callback(action_told)
    await until(lambda: progress("Render sh020") >= 25, "render at its gate")
    figures["running_at_the_end"] = [action.label for action in silex.status().actions]
    # It holds the main thread until the others are in the queue behind it.
    quitting = silex.defer(product_scene.hold_until_queued)
    for _ in range(PENDING):
        silex.defer(product_scene.count).add_done_callback(told)
    threading.Thread(target=waits, args=(silex.run(silex.sleep(3600)),)).start()
    product_scene.queued.set()
    await quitting


play_in_window(scenario)
