"""Zips that come out the same, byte for byte, whoever packs the same files and whenever: the order of the entries, their
time and their permissions do not depend on the machine."""

import os
import time
import zipfile
from pathlib import Path

# The first moment that a zip can hold, unless SOURCE_DATE_EPOCH says otherwise: https://reproducible-builds.org
_EARLIEST = 315532800


def _moment():
    return time.gmtime(max(_EARLIEST, int(os.environ.get("SOURCE_DATE_EPOCH", _EARLIEST))))[:6]


def add(archive, name, data, executable=False):
    """Puts the bytes into the open zip under that name, whose folders are separated by '/'."""
    entry = zipfile.ZipInfo(name, _moment())
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix: what permissions mean
    entry.external_attr = (0o100755 if executable else 0o100644) << 16
    archive.writestr(entry, data)


def files_below(folder):
    """(name, path) of every file, by name. What Python compiled beside its sources is no part of them."""
    found = []
    for path in Path(folder).rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            found.append((path.relative_to(folder).as_posix(), path))
    return sorted(found)


def write(folder, file):
    """Packs everything below the folder into the zip, which is there whole or not at all."""
    half = Path(f"{file}.part")
    with zipfile.ZipFile(half, "w") as archive:
        for name, path in files_below(folder):
            add(archive, name, path.read_bytes(), os.access(path, os.X_OK))
    half.replace(file)
