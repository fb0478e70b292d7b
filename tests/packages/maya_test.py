"""Maya's package: when the runtime starts and stops, and what is told when something is not as it should be."""

import io
import os
import shutil
import sys
import tempfile
import unittest
from contextlib import redirect_stdout
from pathlib import Path

PACKAGE = Path(os.environ["SILEX_TEST_MAYA"]).resolve()  # adapters/maya/package/silex
SCRIPTS = PACKAGE / "scripts"
sys.path.insert(0, str(SCRIPTS))

import silex
import silex_maya
from maya import cmds

PLUGIN = str(PACKAGE / "plug-ins" / "silex_plugin.py")


class MayaPackage(unittest.TestCase):
    def setUp(self):
        cmds.reset()
        silex.state.__init__()
        silex_maya._loaded_from.clear()
        cmds.plugins["silex_plugin.py"] = PLUGIN
        os.environ.pop("SILEX_AUTOSTART", None)
        self.output = io.StringIO()
        redirected = redirect_stdout(self.output)
        redirected.__enter__()
        self.addCleanup(redirected.__exit__, None, None, None)

    @staticmethod
    def user_setup():
        """As Maya runs it: in __main__, and without __file__."""
        file = SCRIPTS / "userSetup.py"
        exec(compile(file.read_text(), str(file), "exec"), {"__name__": "__main__"})

    def test_starts_once_maya_is_idle_and_not_before(self):
        self.user_setup()
        self.assertEqual((silex.state.starts, cmds.loaded), (0, {}))
        cmds.go_idle()
        self.assertEqual(silex.state.starts, 1)
        self.assertIn("silex_plugin.py", cmds.loaded)
        self.assertEqual([label for label, _ in cmds.menus["silexMenu"]], ["Running actions"])
        self.assertEqual(self.output.getvalue(), "")

    def test_the_menu_opens_the_panel(self):
        self.user_setup()
        cmds.go_idle()
        cmds.menus["silexMenu"][0][1](False)
        self.assertIn("Not connected", self.output.getvalue())  # as text: there is no Qt application here

    def test_unloading_the_plugin_stops_it_and_loading_starts_it_again(self):
        self.user_setup()
        cmds.go_idle()
        cmds.unloadPlugin("silex_plugin.py")
        self.assertEqual((silex.state.stops, cmds.menus), (1, {}))
        cmds.loadPlugin("silex_plugin.py")
        cmds.go_idle()
        self.assertEqual(silex.state.starts, 2)

    def test_a_plugin_that_is_unloaded_before_maya_is_idle_starts_nothing(self):
        cmds.loadPlugin("silex_plugin.py")
        cmds.unloadPlugin("silex_plugin.py")
        cmds.go_idle()
        self.assertEqual(silex.state.starts, 0)

    def test_a_second_copy_of_the_plugin_is_told_off_and_stops_nothing_when_it_goes(self):
        cmds.loadPlugin("silex_plugin.py")
        cmds.go_idle()
        with tempfile.TemporaryDirectory() as folder:
            other = Path(folder) / "plug-ins" / "other_plugin.py"
            other.parent.mkdir()
            shutil.copy(PLUGIN, other)
            cmds.loadPlugin(str(other))
            cmds.go_idle()
            self.assertIn(f"Silex is loaded already, from {PLUGIN}; {other} does nothing", self.output.getvalue())
            cmds.unloadPlugin("other_plugin.py")
        self.assertEqual((silex.state.starts, silex.state.stops), (1, 0))
        self.assertIn("silexMenu", cmds.menus)

    def test_two_user_setups_load_it_once(self):
        self.user_setup()
        self.user_setup()
        cmds.go_idle()
        self.assertEqual(silex.state.starts, 1)

    def test_batch_is_left_to_the_script(self):
        cmds.batch = True
        self.user_setup()
        cmds.loadPlugin(PLUGIN)
        self.assertEqual(cmds.idle, [])
        cmds.unloadPlugin("silex_plugin.py")

    def test_a_studio_may_start_it_by_itself(self):
        os.environ["SILEX_AUTOSTART"] = "0"
        self.user_setup()
        self.assertEqual(cmds.idle, [])

    def test_a_plugin_that_maya_does_not_find_is_told(self):
        cmds.plugins.clear()
        self.user_setup()
        cmds.go_idle()
        self.assertIn("Silex does not run: Maya could not load silex_plugin.py", self.output.getvalue())

    def test_a_start_that_fails_is_told_and_maya_goes_on(self):
        silex.state.refuse = RuntimeError("no adapter knows this process")
        self.user_setup()
        cmds.go_idle()
        self.assertIn("// Silex does not run: no adapter knows this process", self.output.getvalue())
        self.assertEqual(cmds.menus, {})

    def test_the_plugin_finds_its_scripts_by_itself(self):
        sys.path.remove(str(SCRIPTS))
        try:
            cmds.loadPlugin(PLUGIN)
            self.assertIn(str(SCRIPTS), sys.path)
        finally:
            if str(SCRIPTS) not in sys.path:
                sys.path.insert(0, str(SCRIPTS))


if __name__ == "__main__":
    unittest.main()
