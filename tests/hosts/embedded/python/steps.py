"""What scenarios of every mock host share: how they judge, and how long they wait."""

import os
import time

naive = os.environ.get("SILEX_NAIVE", "")
# How long something that must not block is waited for: long on any machine, but short where it is to be caught.
PATIENCE = 2 if naive else 30


def check(condition, what):
    if not condition:
        raise AssertionError(what)


def soon(condition, what):
    """A step of a scenario: turns until the condition holds, which it must."""
    end = time.monotonic() + PATIENCE

    def holds():
        if condition():
            return True
        check(time.monotonic() < end, what)
        return False

    return holds


def is_mapped(library):
    """Whether code of the library is in the process."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        return library in maps.read()
