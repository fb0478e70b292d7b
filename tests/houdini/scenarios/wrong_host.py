"""A Python that is not Houdini's: the adapter loads, says no, imports nothing, and is unloaded again."""

import sys

from probe import Probe


def scenario():
    probe = Probe(adapter=None)
    for name in ("", "houdini"):
        try:
            probe.choose(name)
            raise AssertionError("it took this process for Houdini")
        except RuntimeError as error:
            assert "not Houdini" in str(error) or "asked: 'houdini'" in str(error), error
    assert "hou" not in sys.modules, "asking imported hou, which starts a Houdini"
    probe.start()
    probe.defer(count=10)
    probe.pump(30)
    assert probe.ran == 10
    yield
