"""errors.md names every enumerator of the headers, and the exceptions that stand for each status, as the code has them."""

import importlib.util
import os
import pathlib
import re
import sys

SOURCE = pathlib.Path(os.environ["SILEX_SOURCE"])
HEADERS = SOURCE / "sdk/include/silex"


def enumerators():
    """All names that a C header gives a number to in an enum."""
    for header in sorted(HEADERS.glob("*.h")):
        text = re.sub(r"/\*.*?\*/", "", header.read_text(), flags=re.DOTALL)
        for body in re.findall(r"\benum\b[^{;]*\{([^}]*)\}", text):
            yield from re.findall(r"\b(SILEX_[A-Z_]+)\b(?= =)", body)


def rows():
    """The table of statuses: name, C++ exception, Python exception."""
    page = (SOURCE / "sdk/docs/errors.md").read_text()
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `SILEX_ERROR_") and len(cells) == 5:
            if not cells[1] or not cells[2]:
                raise SystemExit(f"{cells[0]} has no meaning or no advice")
            yield cells[0].strip("`"), cells[3].strip("`"), cells[4].strip("`")


def in_cpp(status):
    """What make_exception() makes of it."""
    text = (HEADERS / "error.hpp").read_text()
    switch = text[text.index("switch (code)"):text.index("default:")]
    found = re.search(rf"case {status}:(?:\s*case \w+:)*\s*return std::make_exception_ptr\((\w+)\(", switch)
    return found[1] if found else "Error"


def in_python():
    """{status: name of its exception}, for those that have one of their own."""
    spec = importlib.util.spec_from_file_location("errors", SOURCE / "sdk/python/silex/_errors.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: kind.__name__ for name, kind in module._CODES.values()}


def main():
    page = (SOURCE / "sdk/docs/errors.md").read_text()
    names = list(enumerators())
    wrong = [f"errors.md does not name {name}" for name in names if f"`{name}`" not in page]
    wrong += [f"errors.md names {name}, which no header has" for name in re.findall(r"`(SILEX_[A-Z]+_[A-Z_]+)`", page)
              if name not in names and name not in ("SILEX_ADAPTER_PATH",)]
    python = in_python()
    statuses = 0
    for status, cpp, py in rows():
        statuses += 1
        if cpp != in_cpp(status):
            wrong.append(f"{status} is thrown as {in_cpp(status)} in C++, and errors.md says {cpp}")
        if py != python.get(status, "Error"):
            wrong.append(f"{status} is raised as {python.get(status, 'Error')} in Python, and errors.md says {py}")
    print("\n".join([*wrong, f"{len(names)} enumerators, {statuses} statuses with their exceptions, {len(wrong)} wrong"]))
    return 1 if wrong or len(names) < 60 or statuses < 30 else 0


if __name__ == "__main__":
    sys.exit(main())
