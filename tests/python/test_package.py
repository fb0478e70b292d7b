"""The package: what it is made of, and where it refuses to be imported."""

import ast
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

import silex
from fixture import python

FOLDER = pathlib.Path(silex.__file__).parent


class Contents(unittest.TestCase):
    def test_it_is_whole(self):
        for name in ("_silex.abi3.so", "lib/libsilex.so.1", "py.typed", "__init__.pyi", "_action.pyi", "_command.pyi"):
            self.assertTrue((FOLDER / name).exists(), name)
        self.assertTrue(list((FOLDER / "lib").glob("silex_adapter_*.so")))

    def test_a_copy_of_the_folder_works(self):
        with tempfile.TemporaryDirectory() as elsewhere:
            shutil.copytree(FOLDER, pathlib.Path(elsewhere) / "silex", symlinks=False)
            status, output, errors = python(
                "import silex; silex.start(url=''); print(silex.__file__, silex.defer(int, 5).result(30))",
                PYTHONPATH=elsewhere,
            )
            self.assertEqual(status, 0, errors)
            self.assertEqual(output.split(), [os.path.join(elsewhere, "silex", "__init__.py"), "5"])

    @unittest.skipUnless(shutil.which("readelf"), "needs readelf")
    def test_the_extension_does_not_link_python(self):
        said = subprocess.run(
            ["readelf", "-d", FOLDER / "_silex.abi3.so"], capture_output=True, text=True, check=True
        ).stdout
        self.assertNotIn("libpython", said)
        self.assertIn("$ORIGIN/lib", said)
        self.assertNotIn(str(FOLDER.parent), said)

    def test_importing_it_imports_little(self):
        status, output, errors = python(
            "import sys; before = set(sys.modules)\n"
            "import silex; silex.start(url=''); silex.defer(int).result()\n"
            "print(sorted({'asyncio', 'json', 'concurrent.futures', 'typing', 'inspect'} & (set(sys.modules) - before)))"
        )
        self.assertEqual((status, output.strip()), (0, "[]"), errors)

    def test_stubs_and_package_agree(self):
        declared = set()
        for node in ast.parse((FOLDER / "__init__.pyi").read_text()).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                declared.add(node.name)
            elif isinstance(node, ast.ImportFrom):
                declared.update(alias.asname for alias in node.names if alias.asname)
        public = {
            name
            for name, value in vars(silex).items()
            if not name.startswith("_") and getattr(value, "__module__", "").partition(".")[0] in ("silex", "_silex")
        }
        self.assertEqual(public - declared, set())
        self.assertEqual({name for name in declared if not hasattr(silex, name)}, set())
        for name in public:
            self.assertTrue(getattr(silex, name).__doc__, name + " has no docstring")


class Refusals(unittest.TestCase):
    def test_a_second_copy_in_one_process(self):
        with tempfile.TemporaryDirectory() as elsewhere:
            shutil.copytree(FOLDER, pathlib.Path(elsewhere) / "silex", symlinks=False)
            status, output, errors = python(
                "import sys, silex\n"
                "silex.start(url='')\n"
                "first = silex\n"
                "for name in [name for name in sys.modules if name.partition('.')[0] == 'silex']: del sys.modules[name]\n"
                "sys.path.insert(0, sys.argv[1])\n"
                "try: import silex\n"
                "except ImportError as refused: print(refused)\n"
                "assert first.defer(int, 5).result(30) == 5\n",
                elsewhere,
            )
            self.assertEqual(status, 0, errors)
            self.assertRegex(output, "two copies of silex in one process: .* is loaded already")

    def test_a_sub_interpreter(self):
        status, output, errors = python(
            "import sys\n"
            "try: import _xxsubinterpreters as interpreters\n"
            "except ImportError: import _interpreters as interpreters\n"
            "import silex\n"
            "one = interpreters.create()\n"
            "code = 'import sys; sys.path[:] = %r\\nimport silex' % (sys.path,)\n"
            "try:\n"
            "    said = interpreters.run_string(one, code)\n"
            "except Exception as refused: said = refused\n"
            "print(said)\n"
            "interpreters.destroy(one)\n"
        )
        self.assertEqual(status, 0, errors)
        self.assertIn("sub-interpreter", output)

    def test_a_free_threaded_build(self):
        import sysconfig

        with mock.patch.object(sys, "_is_gil_enabled", lambda: False, create=True):
            with mock.patch.object(sysconfig, "get_config_var", lambda name: 1 if name == "Py_GIL_DISABLED" else None):
                with self.assertRaisesRegex(ImportError, "free-threaded"):
                    silex._refuse_free_threading()
        with mock.patch.object(sys, "_is_gil_enabled", lambda: True, create=True):
            silex._refuse_free_threading()


if __name__ == "__main__":
    unittest.main()
