"""Ends with status 0 while a daemon thread is at work: exit.py finalize|exit|_exit."""

import sys
import threading

import embedded


def work():
    while True:  # with the GIL, which it gives away as Python does
        sum(range(1000))


def scenario():
    threading.Thread(target=work, daemon=True).start()
    yield 2
    embedded.quit(sys.argv[1])
