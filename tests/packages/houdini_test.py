"""Houdini's package: what its start-up scripts do, with a window and without."""

import io
import json
import os
import sys
import unittest
import xml.etree.ElementTree
from contextlib import redirect_stdout
from pathlib import Path

PACKAGE = Path(os.environ["SILEX_TEST_HOUDINI"])  # adapters/houdini/package
sys.path.insert(0, str(PACKAGE / "packages" / "silex" / "scripts" / "python"))

import hou
import silex


def start_script(name):
    """As Houdini runs it: without __file__."""
    file = PACKAGE / "pythonlibs" / name
    exec(compile(file.read_text(), "<string>", "exec"), {"__name__": "__main__"})


class HoudiniPackage(unittest.TestCase):
    def setUp(self):
        silex.state.__init__()
        hou.is_ui = True
        os.environ.pop("SILEX_AUTOSTART", None)

    def test_starts_when_the_window_is_there(self):
        start_script("pythonrc.py")
        self.assertEqual(silex.state.starts, 0)
        start_script("uiready.py")
        self.assertEqual(silex.state.starts, 1)

    def test_a_second_uiready_is_no_second_start(self):
        start_script("uiready.py")
        start_script("uiready.py")
        self.assertEqual(silex.state.starts, 1)

    def test_hython_is_left_to_the_script(self):
        hou.is_ui = False
        start_script("pythonrc.py")
        start_script("uiready.py")
        self.assertEqual(silex.state.starts, 0)

    def test_a_studio_may_start_it_by_itself(self):
        os.environ["SILEX_AUTOSTART"] = "off"
        start_script("uiready.py")
        self.assertEqual(silex.state.starts, 0)

    def test_a_start_that_fails_is_told_and_houdini_goes_on(self):
        silex.state.refuse = RuntimeError("no adapter knows this process")
        shown = io.StringIO()
        with redirect_stdout(shown):
            start_script("uiready.py")
        self.assertEqual(shown.getvalue(), "Silex does not run: no adapter knows this process\n")

    def test_the_shelf_opens_the_panel(self):
        document = xml.etree.ElementTree.parse(PACKAGE / "packages" / "silex" / "toolbar" / "silex.shelf")
        script = document.find("tool/script").text
        shown = io.StringIO()
        with redirect_stdout(shown):
            exec(script, {})
        self.assertIn("Silex does not run", shown.getvalue())  # as text: there is no Qt application here

    def test_the_package_file_needs_no_editing(self):
        described = json.loads((PACKAGE / "packages" / "silex.json").read_text())
        self.assertEqual(described, {"hpath": "$HOUDINI_PACKAGE_PATH/silex", "load_package_once": True})


if __name__ == "__main__":
    unittest.main()
