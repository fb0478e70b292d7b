"""A start on another thread than the host's is refused, says what to do, and leaves nothing behind."""

import threading

from scene import check, check_order, registered, soon, start  # those of the host


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
    check(registered() == 0, f"the host has {registered()} callbacks of ours")
    probe = start()
    probe.defer()
    yield soon(lambda: probe.ran == 1, "calls wait for ever")
    check_order(probe)
