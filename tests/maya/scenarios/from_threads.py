"""Calls that come from threads reach the main thread: Maya's commands raise in any other one, so none is used there."""

import embedded
import maya_host
import probe


def scenario():
    runtime = probe.Probe().start()
    for _ in range(3):
        runtime.start_caller()  # calls and waits, over and over, on a thread of its own
    on_main = []
    for i in range(1, 51):
        runtime.defer(lambda index: on_main.append(embedded.is_main_thread()))
        yield lambda i=i: runtime.told == i
    assert on_main == [True] * 50
    off_main = {name for name, on_main_thread in maya_host.calls if not on_main_thread}
    assert off_main <= {"executeDeferred"}, off_main
    runtime.destroy()
    assert runtime.is_destroyed
    embedded.quit("finalize")
