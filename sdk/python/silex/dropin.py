"""What the packages that are dropped into hosts share: one start per process, and what a TD is told of it.

All of it is for the host's main thread, and nothing here raises: a host's start-up goes on without Silex.
Where `silex` itself can't be imported, the package's own file, which any Python reads, says so.
"""

import os
import sys
from pathlib import Path

import silex

problem = ""  # why the runtime does not run, for the panel; "" where nothing went wrong


def wanted():
    """Whether a package may start the runtime by itself. SILEX_AUTOSTART=0 leaves that to the studio's own scripts."""
    return os.environ.get("SILEX_AUTOSTART", "1").strip().lower() not in ("0", "false", "no", "off")


def other_copies():
    """Folders of further copies of Silex on Python's path, in its order: Python took the first and never sees these."""
    ours = Path(silex.__file__).resolve().parent
    found = []
    for entry in sys.path:
        folder = (Path(entry) / "silex").resolve()
        if folder != ours and folder not in found and any(folder.glob("_silex.*")):
            found.append(folder)
    return found


def version_in(folder):
    """The version of the copy in that folder, without importing it, as its package's version.txt says."""
    try:
        return (folder / "version.txt").read_text(encoding="utf-8").strip()
    except OSError:
        return "of an unknown version"


def tell_copies(say=print):
    """Hands `say` a sentence where there are more copies than one: once in a process, however many packages ask."""
    others = other_copies()
    if not others or tell_copies.done:
        return
    tell_copies.done = True
    ours = Path(silex.__file__).resolve().parent
    rest = ", ".join(f"{version_in(folder)} in {folder}" for folder in others)
    say(f"Silex {silex.__version__} in {ours} is used; there is also Silex {rest}, which is not: remove one of them")


tell_copies.done = False


def start(say=print):
    """Starts the runtime unless it runs already, and hands `say` a line where there is something to tell.

    Returns whether it runs now.
    """
    global problem
    problem = ""
    try:
        tell_copies(say)
        if not silex.is_running():
            silex.start()
        return silex.is_running()
    except Exception as error:
        problem = f"Silex does not run: {error}"
        say(problem)
        return False


def stop(say=print):
    """Stops the runtime where it runs."""
    try:
        if silex.is_running():
            silex.stop()
    except Exception as error:
        say(f"Silex did not stop in order: {error}")
