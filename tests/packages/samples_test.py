"""The README's lines per host run: each over a stand-in for that host's one function, in the real runtime, pumped."""

import io
import os
import runpy
import sys
import types
import unittest
from contextlib import redirect_stdout
from pathlib import Path

import silex

SAMPLES = Path(os.environ["SILEX_TEST_SAMPLES"])


def module(name, **members):
    made = types.ModuleType(name)
    made.__dict__.update(members)
    sys.modules[name] = made
    return made


class Samples(unittest.TestCase):
    """Each host is one test, and one process: a command's path can be taken once."""

    def play(self, name):
        silex.start(actions=[SAMPLES])
        shown = io.StringIO()
        with redirect_stdout(shown):
            sample = runpy.run_path(str(SAMPLES / f"{name}.py"))
            silex.pump_until(lambda: "cubes:" in shown.getvalue(), timeout=60)
        self.assertEqual(sample["action"].status, "completed")
        self.assertEqual(shown.getvalue(), "cubes: {'build': {'cubes': {'made': 12}}}\n")
        silex.stop()

    def test_blender(self):
        made = []
        mesh = types.SimpleNamespace(primitive_cube_add=lambda location: made.append(location))
        module("bpy", ops=types.SimpleNamespace(mesh=mesh))
        self.play("blender")
        self.assertEqual(made, [(3 * x, 0, 0) for x in range(12)])

    def test_maya(self):
        moved = []
        cmds = module("maya.cmds", polyCube=lambda: ["pCube1"], move=lambda x, y, z, name: moved.append((x, name)))
        module("maya", cmds=cmds)
        self.play("maya")
        self.assertEqual(moved, [(3 * x, "pCube1") for x in range(12)])

    def test_houdini(self):
        places = []
        parameter = types.SimpleNamespace(set=places.append)
        box = types.SimpleNamespace(parm=lambda name: {"tx": parameter}[name])
        geometry = types.SimpleNamespace(createNode=lambda kind: {"box": box}[kind])
        scene = types.SimpleNamespace(createNode=lambda kind: {"geo": geometry}[kind])
        module("hou", node=lambda path: {"/obj": scene}[path])
        self.play("houdini")
        self.assertEqual(places, [3 * x for x in range(12)])


if __name__ == "__main__":
    unittest.main()
