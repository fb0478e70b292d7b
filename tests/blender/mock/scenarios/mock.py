"""The mock itself: what is known of Blender's timers, line by line, without an adapter."""

import bpy
import clock
from scene import check

timers = bpy.app.timers


def scenario():
    times = []

    def tick():
        times.append(clock.now())
        return 0.02

    timers.register(tick, first_interval=0.1)
    begin = clock.now()
    yield 40
    check(abs(times[0] - begin - 0.1) < 0.011, f"the first interval is {times[0] - begin}")
    check(all(abs(b - a - 0.02) < 0.0051 for a, b in zip(times, times[1:])), "the interval is wrong")

    # Identity: the same callable twice is two timers; a bound method is another object each time.
    timers.register(tick)
    timers.unregister(tick)
    check(timers.is_registered(tick), "both went at once")
    timers.unregister(tick)
    check(not timers.is_registered(tick), "one is left")
    holder = [].append
    timers.register(holder)
    check(not timers.is_registered([].append), "another object passes for the same")
    timers.unregister(holder)
    for wrong in (lambda: timers.unregister(tick), lambda: timers.register(tick, 0.0), lambda: timers.register(1)):
        try:
            wrong()
            raise AssertionError("it was accepted")
        except (TypeError, ValueError):
            pass

    # What it returns: None, text and an exception end it; a negative number is 0.
    def raises():
        raise ValueError("as it should")

    for ends in (lambda: None, lambda: "soon", raises):
        timers.register(ends)
        yield 2
        check(not timers.is_registered(ends), "it goes on")
    calls = []

    def negative():
        calls.append(1)
        return -1.0

    timers.register(negative)
    yield 5
    check(len(calls) == 5, f"{len(calls)} calls in 5 turns")
    timers.unregister(negative)

    # One that is added in a pass is not due in it; one that goes while it runs is not called again.
    added = []

    def adds():
        timers.register(lambda: added.append(clock.now()))
        timers.unregister(adds)
        return 0.0

    timers.register(adds)
    yield 1
    check(not added, "it ran in the pass that added it")
    yield 1
    check(len(added) == 1, "it did not run in the next pass")
    check(not timers.is_registered(adds) and timers._count() == 0, "one is left")

    # A load keeps what is persistent.
    kept, lost = (lambda: 1.0), (lambda: 1.0)
    timers.register(kept, persistent=True)
    timers.register(lost)
    bpy.ops.wm.open_mainfile("a.blend")
    check(timers.is_registered(kept) and not timers.is_registered(lost), "a load dropped the wrong one")

    # Handlers: only a function of Python can be marked persistent, and only what is marked stays.
    try:
        bpy.app.handlers.persistent(print)
        raise AssertionError("a builtin was accepted")
    except ValueError:
        pass
    marked = bpy.app.handlers.persistent(lambda *_: None)
    bpy.app.handlers.load_post += [marked, lambda *_: None]
    bpy.ops.wm.open_mainfile("b.blend")
    check(bpy.app.handlers.load_post == [marked], "a load dropped the wrong handler")
    check(not hasattr(bpy.app.handlers, "exit_pre"), "Blender 3.4 has no exit_pre")
