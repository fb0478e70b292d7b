"""Where `import silex` fails, in a Python or with a C library that is too old, a package says so and its host goes on."""

import ast
import importlib.abc
import io
import os
import sys
import types
import unittest
import xml.etree.ElementTree
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

MAYA = Path(os.environ["SILEX_TEST_MAYA"]).resolve()  # adapters/maya/package/silex
HOUDINI = Path(os.environ["SILEX_TEST_HOUDINI"])  # adapters/houdini/package
BLENDER = Path(os.environ["SILEX_TEST_BLENDER"])  # adapters/blender/package
sys.path += [str(MAYA / "scripts"), str(HOUDINI / "packages" / "silex" / "scripts" / "python")]

import silex_houdini  # noqa: F401
import silex_maya
from maya import cmds

REASONS = {
    SyntaxError("invalid syntax", ("__init__.py", 106, 14, "def defer(fn, /, *args):")): "invalid syntax (__init__.py, line 106)",
    ImportError("libc.so.6: version `GLIBC_2.36' not found"): "libc.so.6: version `GLIBC_2.36' not found",
}


class Refuses(importlib.abc.MetaPathFinder):
    """Of Python's finders the first: `import silex` raises."""

    def __init__(self, error):
        self.error = error

    def find_spec(self, name, _path, _target=None):
        if name.partition(".")[0] == "silex":
            raise self.error


def sentence(reason, host):
    return (
        f"Silex does not run in Python {sys.version_info[0]}.{sys.version_info[1]}: {reason}: it needs Python 3.9 or newer, "
        f"so {host} or newer, and the glibc of the machine it was built on or newer\n"
    )


def blender_addon():
    """As the build configures it and Blender imports it, by its folder's name."""
    module = types.ModuleType("silex_addon")
    module.__package__ = module.__name__
    module.__path__ = [str(BLENDER)]
    module.__file__ = str(BLENDER / "__init__.py")
    sys.modules[module.__name__] = module
    text = (BLENDER / "__init__.py.in").read_text()
    for part in ("MAJOR", "MINOR", "PATCH"):
        text = text.replace(f"@PROJECT_VERSION_{part}@", "0")
    exec(compile(text, module.__file__, "exec"), module.__dict__)
    return module


class Refused(unittest.TestCase):
    def setUp(self):
        cmds.reset()
        silex_maya._loaded_from.clear()
        os.environ.pop("SILEX_AUTOSTART", None)

    def each_says(self, prefix, host, start):
        """start() says the sentence, for each reason, and raises nothing."""
        for error, reason in REASONS.items():
            others = {name: module for name, module in sys.modules.items() if name.partition(".")[0] != "silex"}
            shown = io.StringIO()
            with mock.patch.dict(sys.modules, others, clear=True), redirect_stdout(shown):
                with mock.patch.object(sys, "meta_path", [Refuses(error), *sys.meta_path]):
                    start()
            self.assertEqual(shown.getvalue(), prefix + sentence(reason, host))

    def test_maya_starts(self):
        def start():
            file = MAYA / "scripts" / "userSetup.py"
            exec(compile(file.read_text(), str(file), "exec"), {"__name__": "__main__"})
            self.assertEqual(cmds.idle, [])

        self.each_says("// ", "Maya 2023", start)

    def test_mayas_plugin_is_loaded_and_unloaded(self):
        def start():
            cmds.loadPlugin(str(MAYA / "plug-ins" / "silex_plugin.py"))
            cmds.go_idle()
            cmds.unloadPlugin("silex_plugin.py")

        self.each_says("// ", "Maya 2023", start)

    def test_houdini_starts(self):
        for name in ("pythonrc.py", "uiready.py"):
            file = HOUDINI / "pythonlibs" / name
            self.each_says("", "Houdini 19.5", lambda: exec(compile(file.read_text(), "<string>", "exec"), {}))

    def test_houdinis_shelf_is_clicked(self):
        shelf = xml.etree.ElementTree.parse(HOUDINI / "packages" / "silex" / "toolbar" / "silex.shelf")
        self.each_says("", "Houdini 19.5", lambda: exec(shelf.find("tool/script").text, {}))

    def test_blenders_addon_is_enabled_and_disabled(self):
        def start():
            sys.modules["bpy"] = types.ModuleType("bpy")
            addon = blender_addon()
            addon.register()
            addon.unregister()

        self.each_says("", "Blender 3.3", start)

    def test_what_says_so_is_read_by_an_old_python(self):
        files = [*MAYA.rglob("*.py"), *HOUDINI.rglob("*.py")]
        self.assertGreaterEqual(len(files), 6)
        for file in files:
            with self.subTest(file=file.name):
                ast.parse(file.read_text(), feature_version=(3, 7))


if __name__ == "__main__":
    unittest.main()
