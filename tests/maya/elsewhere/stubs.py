"""A Python whose path has a package `maya`, imported or not: that does not make it Maya."""

import sys

import embedded
import probe


def scenario():
    if "stubs are imported" in sys.argv:
        import maya.cmds  # noqa: F401
    try:
        probe.Probe()
    except RuntimeError as error:
        assert "asked: 'maya'" in str(error), error
    else:
        raise AssertionError("stubs were taken for Maya")
    yield
    embedded.quit("finalize")
