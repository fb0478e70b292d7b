"""Packs what `cmake --install --component HOST` put into a folder: pack.py HOST STAGED OUTPUT --version V ...

The zip of the folder as it is; for Blender also the extension of 4.2 and newer, whose Python packages are a wheel.
"""

import argparse
import platform
import tempfile
from pathlib import Path

import archive
import wheel

# As extensions name them: https://docs.blender.org/manual/en/latest/advanced/extensions/getting_started.html
_BLENDER_PLATFORMS = {"Linux": "linux", "Windows": "windows", "Darwin": "macos"}
_BLENDER_MACHINES = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64", "arm64": "arm64"}


def blender_platform():
    return f"{_BLENDER_PLATFORMS[platform.system()]}-{_BLENDER_MACHINES[platform.machine()]}"


def extension(addon, options, folder):
    """Lays out the extension of the add-on in the folder."""
    packages = [path for path in sorted((addon / "python").iterdir()) if path.is_dir()]
    libraries = [path for package in packages for _, path in archive.files_below(package) if ".so" in path.name]
    (folder / "wheels").mkdir()
    tag = wheel.platform_tag(libraries, platform.system(), platform.machine())
    made = wheel.write(packages, addon / "LICENSE", options.version, tag, folder / "wheels")
    for name, path in archive.files_below(addon):
        if not name.startswith("python/"):
            (folder / name).write_bytes(path.read_bytes())
    manifest = Path(options.manifest).read_text(encoding="utf-8")
    for name, value in {"VERSION": options.version, "PLATFORM": blender_platform(), "WHEEL": made.name}.items():
        manifest = manifest.replace(f"@{name}@", value)
    (folder / "blender_manifest.toml").write_text(manifest, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host")
    parser.add_argument("staged", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--manifest", help="the template of blender_manifest.toml")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    ending = f"{options.version}-{platform.system().lower()}-{platform.machine()}.zip"
    if not options.manifest:
        archive.write(options.staged, options.output / f"silex-{options.host}-{ending}")
        return
    archive.write(options.staged, options.output / f"silex-{options.host}-addon-{ending}")
    with tempfile.TemporaryDirectory() as folder:
        extension(options.staged / "silex_addon", options, Path(folder))
        archive.write(folder, options.output / f"silex-{options.host}-extension-{ending}")


if __name__ == "__main__":
    main()
