"""A start on another thread than Blender's is refused, and says what to do."""

import threading

from scene import check, check_order, soon, start, timers


def scenario():
    said = []

    def work():
        try:
            start()
        except RuntimeError as error:
            said.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    yield lambda: not thread.is_alive()
    check(said and "start it on the main thread" in said[0], f"it was not refused: {said}")
    check(timers() == 0, "a timer is left behind")
    probe = start()
    probe.defer()
    yield soon(lambda: probe.ran == 1, "calls wait for ever")
    check_order(probe)
