"""What the scenarios in Houdini share."""

import sys

import hou  # Houdini's own Python has it loaded from the start
from probe import Probe
from steps import PATIENCE, check, is_mapped, soon  # noqa: F401


def start(**settings):
    return Probe(**settings).start()


def registered():
    return len(hou.ui.eventLoopCallbacks())


def check_order(probe):
    """Nothing was done that Houdini does not document, and nothing raised into its loop."""
    check(not hou._offences, f"offences: {hou._offences}")
    check(not hou._errors, f"raised into the event loop: {hou._errors}")
    check("exception left" not in probe.log, probe.log)


def modules(prefix):
    return sorted(name for name in sys.modules if name.startswith(prefix))
