"""What `cmake --install --component HOST` lays out, and the zips of it: whole, the same each time, and nothing elsewhere."""

import base64
import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import unittest
import zipfile
from pathlib import Path

BUILD = Path(os.environ["SILEX_TEST_BUILD"])
SOURCE = Path(os.environ["SILEX_TEST_SOURCE"])
CMAKE = os.environ["SILEX_TEST_CMAKE"]
PACKAGES = {"maya": "silex/scripts", "houdini": "packages/silex/scripts/python", "blender": "silex_addon/python"}
HOSTS = [host for host in PACKAGES if (BUILD / "adapters" / "packages" / host).is_dir()]

PORTABLE = "SILEX_PORTABLE:BOOL=ON" in (BUILD / "CMakeCache.txt").read_text(encoding="utf-8")

sys.path.insert(0, str(SOURCE / "adapters" / "packages"))
import archive
import wheel


def install(host, prefix):
    subprocess.run(
        [CMAKE, "--install", BUILD, "--component", host, "--prefix", prefix], check=True, stdout=subprocess.DEVNULL
    )


class Layout(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = Path(cls.folder.name)
        for host in HOSTS:
            install(host, cls.root / host)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def names(self, host):
        return {name for name, _ in archive.files_below(self.root / host)}

    def test_each_holds_all_that_it_needs(self):
        for host in HOSTS:
            python = PACKAGES[host]
            names = self.names(host)
            for name in [
                "silex/__init__.py",
                "silex/_silex.abi3.so",
                "silex/py.typed",
                "silex/__init__.pyi",
                "silex/_action.pyi",
                "silex/_command.pyi",
                "silex/panel/qt.py",
                "silex/dropin.py",
                "silex/version.txt",
                "silex/bin/silex",
                "silex/lib/libsilex.so.1",
                f"silex/lib/silex_adapter_{host}.so",
                f"silex/lib/silex_host_{host}.yml",
                "silex_client/__init__.py",
            ]:
                self.assertIn(f"{python}/{name}", names)
            self.assertEqual(len([name for name in names if "silex_adapter_" in name]), 1, host)
            self.assertTrue(any(name.endswith("LICENSE") for name in names))
            self.assertTrue(any(name.endswith("README.md") for name in names))
            self.assertFalse([path for path in (self.root / host).rglob("*") if path.is_symlink()])
            self.assertFalse([name for name in names if "__pycache__" in name])

    def test_each_lies_in_one_folder_and_what_points_to_it(self):
        pointers = {"maya": {"silex.mod"}, "houdini": {"packages/silex.json"}, "blender": set()}
        folders = {"maya": "silex/", "houdini": "packages/silex/", "blender": "silex_addon/"}
        for host in HOSTS:
            outside = {name for name in self.names(host) if not name.startswith(folders[host])}
            self.assertEqual(outside, pointers[host])

    def test_libraries_find_each_other_and_the_command_runs(self):
        for host in HOSTS:
            command = self.root / host / PACKAGES[host] / "silex" / "bin" / "silex"
            environment = {name: value for name, value in os.environ.items() if not name.startswith("SILEX_")}
            environment["HOME"] = str(self.root / "home")
            environment["SILEX_SERVICE_URL"] = "ws://127.0.0.1:1"
            ran = subprocess.run([command, "doctor", "--host", host], env=environment, capture_output=True, text=True)
            self.assertIn("wrong package       none in ", ran.stdout, ran.stderr)
            self.assertEqual(ran.returncode, 1)

    def test_doctor_finds_it_where_the_host_would(self):
        places = {
            "maya": ("MAYA_MODULE_PATH", ""),
            "houdini": ("HOUDINI_PACKAGE_DIR", "packages"),
            "blender": ("BLENDER_USER_SCRIPTS", ".."),
        }
        for host in HOSTS:
            variable, below = places[host]
            prefix = self.root / host
            if host == "blender":
                prefix = self.root / "scripts" / "addons"
                install(host, prefix)
            command = prefix / PACKAGES[host] / "silex" / "bin" / "silex"
            environment = dict(os.environ, HOME=str(self.root / "home"), SILEX_SERVICE_URL="ws://127.0.0.1:1")
            environment[variable] = os.path.normpath(prefix / below)
            ran = subprocess.run([command, "doctor", "--host", host], env=environment, capture_output=True, text=True)
            self.assertIn("ok    package       ", ran.stdout, ran.stderr)
            self.assertIn(f"ok    adapter       {host} (", ran.stdout)

    @unittest.skipUnless(PORTABLE, "only what the preset `portable` builds is for other machines")
    def test_what_ships_asks_for_the_c_library_alone(self):
        for host in HOSTS:
            for name, path in archive.files_below(self.root / host):
                if ".so" not in name and not name.endswith("bin/silex"):
                    continue
                headers = subprocess.run(["objdump", "-p", path], check=True, capture_output=True, text=True).stdout
                needed = set(re.findall(r"NEEDED +(\S+)", headers))
                foreign = {each for each in needed if not re.match(r"(libc|libm|libdl|libpthread|librt|ld-linux.*)\.so", each)}
                self.assertLessEqual(foreign, {"libsilex.so.1"}, name)

    @unittest.skipUnless("maya" in HOSTS, "without Maya's adapter")
    def test_maya_finds_no_library_among_its_plugins(self):
        self.assertEqual([name for name in self.names("maya") if "plug-ins/" in name], ["silex/plug-ins/silex_plugin.py"])
        words = (self.root / "maya" / "silex.mod").read_text().split()
        self.assertEqual((words[0], words[2], words[4]), ("+", "silex", "silex"))
        self.assertTrue((self.root / "maya" / words[4] / "scripts" / "userSetup.py").is_file())

    @unittest.skipUnless("houdini" in HOSTS, "without Houdini's adapter")
    def test_houdini_gets_scripts_for_each_python_and_none_that_hides_the_users(self):
        names = self.names("houdini")
        for python in ("3.9", "3.10", "3.11", "3.13"):
            for script in ("uiready.py", "pythonrc.py"):
                self.assertIn(f"packages/silex/python{python}libs/{script}", names)
        self.assertFalse([name for name in names if name.endswith(("123.py", "456.py"))])
        json.loads((self.root / "houdini" / "packages" / "silex.json").read_text())


class Zips(unittest.TestCase):
    """Of the target `packages`, which this test's own build made before."""

    def zips(self, host):
        found = sorted((BUILD / "packages").glob(f"silex-{host}-*.zip"))
        self.assertTrue(found, f"there is no zip for {host}: build the target packages")
        return found

    def test_the_same_files_make_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            made = []
            for turn in ("one", "two"):
                root = Path(folder) / turn
                # In another order, at another time.
                for name in sorted(["b/c.py", "a.txt", "b/run"], reverse=turn == "two"):
                    (root / name).parent.mkdir(parents=True, exist_ok=True)
                    (root / name).write_text(name)
                    os.utime(root / name, (1_700_000_000 if turn == "one" else 1_600_000_000,) * 2)
                (root / "b/run").chmod(0o755 if turn == "one" else 0o700)
                archive.write(root, Path(folder) / f"{turn}.zip")
                made.append((Path(folder) / f"{turn}.zip").read_bytes())
            self.assertEqual(made[0], made[1])

    def test_each_zip_holds_what_is_installed(self):
        for host in HOSTS:
            with tempfile.TemporaryDirectory() as folder:
                install(host, folder)
                whole = [file for file in self.zips(host) if "extension" not in file.name]
                self.assertEqual(len(whole), 1)
                with zipfile.ZipFile(whole[0]) as packed:
                    self.assertEqual(packed.namelist(), [name for name, _ in archive.files_below(folder)])
                    self.assertEqual(packed.testzip(), None)
                    run = next(entry for entry in packed.infolist() if entry.filename.endswith("bin/silex"))
                    self.assertEqual(run.external_attr >> 16, 0o100755)

    def extension(self):
        return next(file for file in self.zips("blender") if "extension" in file.name)

    def test_the_extensions_manifest_names_its_wheel(self):
        with zipfile.ZipFile(self.extension()) as packed:
            manifest = tomllib.loads(packed.read("blender_manifest.toml").decode())
            names = packed.namelist()
            self.assertIn("__init__.py", names)
            self.assertIn("panel.py", names)
            self.assertEqual(["./" + name for name in names if name.endswith(".whl")], manifest["wheels"])
        for key in ("schema_version", "id", "version", "name", "tagline", "maintainer", "type", "license"):
            self.assertTrue(manifest[key], key)
        self.assertEqual((manifest["id"], manifest["type"]), ("silex", "add-on"))
        self.assertGreaterEqual(tuple(map(int, manifest["blender_version_min"].split("."))), (4, 2, 0))
        # Blender refuses longer ones, and those that end with a full stop.
        self.assertLessEqual(len(manifest["tagline"]), 64)
        self.assertTrue(manifest["tagline"][-1].isalnum())
        self.assertTrue(all(len(reason) <= 64 for reason in manifest["permissions"].values()))

    def wheel(self):
        with zipfile.ZipFile(self.extension()) as packed:
            name = next(name for name in packed.namelist() if name.endswith(".whl"))
            return Path(name).name, packed.read(name)

    def test_the_wheels_record_has_each_file_with_its_digest(self):
        name, data = self.wheel()
        self.assertRegex(name, r"^silex-[0-9.]+-cp39-abi3-manylinux_2_\d+_\w+\.whl$")
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            record = next(each for each in packed.namelist() if each.endswith("RECORD"))
            rows = {row[0]: row[1:] for row in csv.reader(packed.read(record).decode().splitlines())}
            self.assertEqual(sorted(rows), sorted(packed.namelist()))
            for each, (digest, size) in rows.items():
                if each == record:
                    continue
                content = packed.read(each)
                right = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
                self.assertEqual((digest, int(size)), (f"sha256={right}", len(content)))

    def test_pip_installs_the_wheel_and_python_imports_it(self):
        name, data = self.wheel()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / name
            file.write_bytes(data)
            target = Path(folder) / "site-packages"
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target"]
            subprocess.run([*pip, target, file], check=True, stderr=subprocess.DEVNULL)
            script = "import silex, silex_client; print(silex.__file__, silex.__version__)"
            environment = dict(os.environ, PYTHONPATH=str(target))
            ran = subprocess.run(
                [sys.executable, "-c", script], env=environment, capture_output=True, text=True, cwd=folder
            )
            self.assertEqual(ran.stdout.split()[:1], [str(target / "silex" / "__init__.py")], ran.stderr)

    def test_the_tag_is_of_the_newest_glibc_that_is_asked_for(self):
        library = BUILD / "python" / "silex" / "lib" / "libsilex.so.1"
        newest = wheel.glibc_of(library)
        self.assertGreaterEqual(newest, (2, 17))
        tag = wheel.platform_tag([library], "Linux", "x86_64")
        self.assertEqual(tag, f"manylinux_{newest[0]}_{newest[1]}_x86_64")


if __name__ == "__main__":
    unittest.main()
