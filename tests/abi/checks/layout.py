"""Each public struct, member and number has its assertion in layout.c, and none there is about nothing.

    layout.py DUMP LAYOUT INCLUDE   ends with 1, and prints the lines that are missing
"""

import pathlib
import re
import sys

import dump


def wanted(surface, include):
    """The assertions that there must be: kind, what of, and the value (as text)."""
    for name, struct in surface.structs.items():
        yield "SIZE", (name,), str(struct.size)
        for member in struct.members:
            yield "AT", (name, member.name), str(member.offset)
    for values in (surface.constants, *surface.enums.values()):
        for name, value in values.items():
            yield "VALUE", (name,), str(value)
    yield "VALUE", ("SILEX_ABI_MAJOR",), str(surface.major)
    for header in sorted(pathlib.Path(include, "silex").glob("*.h")):
        for name, text in re.findall(r'^#define (SILEX_\w+) (".*")$', header.read_text(), re.MULTILINE):
            yield "TEXT", (name,), text


def main(path, layout, include):
    there = {}
    for kind, arguments in re.findall(r"^(SIZE|AT|VALUE|TEXT)\((.*)\);$", pathlib.Path(layout).read_text(), re.MULTILINE):
        *of, value = [each.strip() for each in arguments.split(", ")]
        there[(kind, tuple(of))] = value
    missing, texts = [], []
    for kind, of, value in wanted(dump.Dump(path), include):
        found = there.get((kind, of))
        if found is None:
            missing.append(f"{kind}({', '.join([*of, value])});")
        elif kind == "TEXT" and found != value:  # a C compiler compares no more than its length
            texts.append(f"{of[0]} is {value}, and {layout} has {found}")
    if len(there) < 100:
        sys.exit(f"only {len(there)} assertions were found in {layout}: this check no longer understands it")
    if missing:
        print(f"these have no assertion in {layout}; add, once they are as they should be for ever:")
        print("\n".join(missing))
    if texts:
        print("\n".join(texts))
    return 1 if missing or texts else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
