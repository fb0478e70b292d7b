"""What the scenarios share: a runtime in this Houdini, and patience."""

import os
import sys
import time

import hou  # Houdini's own Python has it loaded from the start
from probe import Probe

naive = os.environ.get("SILEX_NAIVE", "")
# How long something that must not block is waited for: long on any machine, but short where it is to be caught.
PATIENCE = 2 if naive else 30


def start(**settings):
    return Probe(**settings).start()


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


def check_order(probe):
    """Nothing was done that Houdini does not document, and nothing raised into its loop."""
    check(not hou._offences, f"offences: {hou._offences}")
    check(not hou._errors, f"raised into the event loop: {hou._errors}")
    check("exception left" not in probe.log, probe.log)


def modules(prefix):
    return sorted(name for name in sys.modules if name.startswith(prefix))
