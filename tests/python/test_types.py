"""What the package says of its types, as mypy reads it."""

import importlib.util
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import typing
import unittest

import silex

FOLDER = pathlib.Path(silex.__file__).parent
HERE = pathlib.Path(__file__).resolve().parent
PAGES = [HERE.parents[1] / "sdk" / page for page in ("docs/write_commands.md", "docs/porting.md", "python/README.md")]


@unittest.skipUnless(importlib.util.find_spec("mypy"), "needs mypy (Debian: mypy)")
class Types(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)  # with mypy's cache, which makes all but the first run quick

    def mypy(self, *arguments, module="mypy"):
        environment = {**os.environ, "MYPYPATH": str(FOLDER.parent), "MYPY_CACHE_DIR": str(self.folder / "cache")}
        ran = subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=110,
            env=environment,
            cwd=self.folder,
            check=False,
        )
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)

    def test_the_stubs_are_strict_in_the_oldest_python(self):
        self.mypy("--strict", "--python-version", "3.9", *FOLDER.glob("*.pyi"))

    def test_what_the_guides_show_is_known(self):
        self.mypy("--strict", HERE / "typed.py")

    def test_the_commands_of_the_guides_as_they_stand(self):
        blocks = [block for page in PAGES for block in re.findall(r"```python\n(.*?)```", page.read_text(), re.S)]
        commands = [block for block in blocks if "@silex.command" in block]
        self.assertGreaterEqual(len(commands), 3)
        for number, block in enumerate(commands):
            (self.folder / ("block%d.py" % number)).write_text(block)
        self.mypy("--check-untyped-defs", *self.folder.glob("block*.py"))

    def test_the_stubs_say_what_the_modules_have(self):
        options = self.folder / "mypy.ini"
        options.write_text("[mypy]\nignore_errors = True\n")  # of what the modules import
        self.mypy("silex._action", "silex._command", "--mypy-config-file", options, module="mypy.stubtest")
        # The other modules have no stubs, and mypy makes up its own.
        without = self.folder / "without_stubs"
        without.write_text(r"silex\.(_[a-z]+|panel|dropin)(\..*)?" "\n")
        self.mypy("silex", "--mypy-config-file", options, "--allowlist", without, module="mypy.stubtest")

    def test_a_call_says_what_its_value_is_at_run_time_too(self):
        self.assertEqual(typing.get_args(silex.Call[int]), (int,))
        self.assertIs(typing.get_origin(silex.Call[int]), silex.Call)

        async def typed(call: "silex.Call[int]") -> None: ...

        self.assertEqual(typing.get_type_hints(typed)["call"], silex.Call[int])


if __name__ == "__main__":
    unittest.main()
