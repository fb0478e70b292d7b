"""Between turns other threads get the GIL at once; while the host holds it, none does."""

import threading
import time

import embedded

lap = []


def count():
    for _ in range(20):
        lap.append(time.monotonic())
        time.sleep(0)


def scenario():
    thread = threading.Thread(target=count)
    thread.start()
    yield lambda: not thread.is_alive()
    assert len(lap) == 20
    thread = threading.Thread(target=count)
    begin = time.monotonic()
    threading.Thread(target=lambda: lap.append(time.monotonic())).start()
    embedded.hold_gil(0.2)
    yield lambda: len(lap) == 21
    assert time.monotonic() - begin >= 0.2
