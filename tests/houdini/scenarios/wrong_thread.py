"""A start on another thread than Houdini's is refused, and says what to do."""

import threading

from scene import check, hou, start


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
    check(not hou._offences, f"offences: {hou._offences}")
    check(not hou.ui.eventLoopCallbacks(), "a callback is left behind")
    probe = start()
    probe.defer()
    yield lambda: probe.ran == 1
