"""What all packages share: one start, and a sentence where there is more than one copy."""

import os
import sys
import tempfile
import unittest
from pathlib import Path

import silex
from silex import dropin
from silex.panel import model


class Dropin(unittest.TestCase):
    def setUp(self):
        silex.state.__init__()
        dropin.tell_copies.done = False
        dropin.problem = ""
        self.lines = []
        self.path = list(sys.path)
        self.addCleanup(lambda: sys.path.__setitem__(slice(None), self.path))
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def copy(self, version):
        folder = Path(self.folder.name) / f"copy {len(sys.path)}" / "silex"
        folder.mkdir(parents=True)
        (folder / "_silex.abi3.so").write_bytes(b"")
        if version:
            (folder / "version.txt").write_text(version + "\n")
        sys.path.append(str(folder.parent))
        return folder

    def test_starts_and_says_nothing(self):
        self.assertTrue(dropin.start(self.lines.append))
        self.assertEqual((silex.state.starts, self.lines), (1, []))

    def test_what_runs_is_not_started_again(self):
        dropin.start(self.lines.append)
        self.assertTrue(dropin.start(self.lines.append))
        self.assertEqual(silex.state.starts, 1)

    def test_a_second_copy_is_named_once_and_the_first_runs(self):
        other = self.copy("0.9.0")
        sys.path.append(str(other.parent))  # twice on the path is one copy
        self.assertTrue(dropin.start(self.lines.append))
        dropin.tell_copies(self.lines.append)
        ours = Path(silex.__file__).parent
        self.assertEqual(
            self.lines,
            [
                f"Silex 0.0.1 in {ours} is used; there is also Silex 0.9.0 in {other}, which is not: "
                "remove one of them"
            ],
        )

    def test_a_copy_without_a_version_is_named_too(self):
        self.copy("")
        dropin.start(self.lines.append)
        self.assertIn("Silex of an unknown version in ", self.lines[0])

    def test_a_folder_that_is_no_package_is_no_copy(self):
        (Path(self.folder.name) / "silex").mkdir()
        sys.path.append(self.folder.name)
        sys.path.append("")
        self.assertEqual(dropin.other_copies(), [])

    def test_why_it_does_not_run_stands_in_the_panel(self):
        silex.state.refuse = RuntimeError("the configuration is wrong")
        self.assertFalse(dropin.start(self.lines.append))
        self.assertEqual(model.read().warning, "Silex does not run: the configuration is wrong")
        silex.state.refuse = None
        self.assertTrue(dropin.start(self.lines.append))
        self.assertEqual(dropin.problem, "")

    def test_stops_what_runs_and_nothing_else(self):
        dropin.stop(self.lines.append)
        self.assertEqual(silex.state.stops, 0)
        dropin.start(self.lines.append)
        dropin.stop(self.lines.append)
        self.assertEqual((silex.state.stops, silex.is_running()), (1, False))

    def test_the_variable_leaves_the_start_to_the_studio(self):
        for value, wanted in [("0", False), ("off", False), ("No", False), ("1", True), ("", True)]:
            os.environ["SILEX_AUTOSTART"] = value
            self.assertEqual(dropin.wanted(), wanted, value)
        del os.environ["SILEX_AUTOSTART"]
        self.assertTrue(dropin.wanted())


if __name__ == "__main__":
    unittest.main()
