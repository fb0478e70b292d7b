"""A wheel of the package `silex`, by the format's own rules:
https://packaging.python.org/en/latest/specifications/binary-distribution-format/"""

import base64
import hashlib
import os
import re
import subprocess
import zipfile
from pathlib import Path

import archive

# Every CPython from 3.9 on: the extension module keeps to the limited API.
_PYTHON_TAG = "cp39-abi3"


def platform_tag(libraries, system, machine):
    """The wheel's platform. On Linux by the newest glibc that one of the libraries asks for (PEP 600)."""
    if system != "Linux":
        return {"Windows": "win_amd64", "Darwin": f"macosx_11_0_{machine}"}[system]
    newest = max(glibc_of(library) for library in libraries)
    return f"manylinux_{newest[0]}_{newest[1]}_{machine}"


def glibc_of(library):
    """(major, minor) of the newest version of glibc among those of the library's symbols."""
    symbols = subprocess.run(["objdump", "-T", str(library)], check=True, capture_output=True, text=True).stdout
    versions = {(int(major), int(minor)) for major, minor in re.findall(r"\(?GLIBC_(\d+)\.(\d+)", symbols)}
    return max(versions, default=(2, 17))


def metadata(version):
    return (
        "Metadata-Version: 2.1\n"
        "Name: silex\n"
        f"Version: {version}\n"
        "Summary: Runs pipeline actions beside a content creation host\n"
        "License: MIT\n"
        "Requires-Python: >=3.9\n"
    )


def _wheel_file(tag):
    return f"Wheel-Version: 1.0\nGenerator: silex ({tag})\nRoot-Is-Purelib: false\nTag: {tag}\n"


def _record_line(name, data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}\n"


def write(packages, licence, version, tag, folder):
    """Packs the folders of `packages` (Python's, by their names) into a wheel in the folder; returns its path."""
    entries = []
    for package in packages:
        entries += [(f"{Path(package).name}/{name}", path.read_bytes(), os.access(path, os.X_OK))
                    for name, path in archive.files_below(package)]
    info = f"silex-{version}.dist-info"
    tag = f"{_PYTHON_TAG}-{tag}"
    entries += [
        (f"{info}/LICENSE", Path(licence).read_bytes(), False),
        (f"{info}/METADATA", metadata(version).encode(), False),
        (f"{info}/WHEEL", _wheel_file(tag).encode(), False),
    ]
    record = "".join(_record_line(name, data) for name, data, _ in entries) + f"{info}/RECORD,,\n"
    file = Path(folder) / f"silex-{version}-{tag}.whl"
    with zipfile.ZipFile(file, "w") as wheel:
        for name, data, executable in [*entries, (f"{info}/RECORD", record.encode(), False)]:
            archive.add(wheel, name, data, executable)
    return file
