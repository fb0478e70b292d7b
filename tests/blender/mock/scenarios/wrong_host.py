"""A Python that is not Blender's, although it could import a `bpy`: the adapter loads, says no, imports nothing, and is
unloaded again."""

import sys

from probe import Probe


def scenario():
    probe = Probe(adapter=None)
    for name in ("", "blender"):
        try:
            probe.choose(name)
            raise AssertionError("it took this process for Blender")
        except RuntimeError as error:
            assert "not Blender" in str(error) or "asked: 'blender'" in str(error), error
    assert "bpy" not in sys.modules, "asking imported bpy, which starts a Blender"
    probe.start()
    probe.defer(count=10)
    probe.pump(30)
    assert probe.ran == 10
    yield
