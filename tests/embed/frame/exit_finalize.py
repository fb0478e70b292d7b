"""Ends with status 0 while a daemon thread is at work."""

import threading
import time

import embedded


def work():
    while True:
        time.sleep(0.001)


def scenario():
    threading.Thread(target=work, daemon=True).start()
    yield 2
    embedded.quit("finalize")
