"""The reference has every public name of the headers, each with its comment, and Doxygen has nothing to say against it:
reference.py DOXYGEN

Warnings alone are not enough: Doxygen gives none for enumerators of an enum without a name, and none for what its filter hid.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

SOURCE = pathlib.Path(os.environ["SILEX_SOURCE"])
HEADERS = SOURCE / "sdk/include"


def run_doxygen(doxygen, folder):
    """Its warnings; what it made is in folder/xml."""
    settings = f'@INCLUDE = "{SOURCE}/sdk/docs/Doxyfile"\nGENERATE_HTML = NO\nGENERATE_XML = YES\nXML_PROGRAMLISTING = NO\n'
    environment = {**os.environ, "SILEX_VERSION": "0", "SILEX_REFERENCE": folder, "SILEX_HEADERS": str(HEADERS),
                   "SILEX_DOCS": str(SOURCE / "sdk/docs")}
    ended = subprocess.run([doxygen, "-"], input=settings, capture_output=True, text=True, env=environment, check=True)
    return ended.stderr.splitlines()


def documented(folder):
    """{name: whether it has a comment} of all that the reference has."""
    names = {}
    for path in pathlib.Path(folder, "xml").glob("*.xml"):
        for compound in xml.parse(path).getroot().iter("compounddef"):
            if compound.get("prot") != "private" and compound.get("kind") not in ("dir", "page"):
                names.update(documented_in(compound, names))
    return names


def documented_in(compound, known):
    names = {}
    for node in (compound, *compound.iter("memberdef"), *compound.iter("enumvalue")):
        name = node.findtext("compoundname") or node.findtext("name")
        # An enum without a name is called @0; what a class keeps to itself is nobody's business.
        if node.get("prot") == "private" or node.get("kind") in ("friend", "namespace") or name.startswith("@"):
            continue
        parts = [node.find(part) for part in ("briefdescription", "detaileddescription")]
        has = any("".join(part.itertext()).strip() for part in parts if part is not None)
        names[name] = has and names.get(name, known.get(name, True))
    return names


def public_names():
    """What the C headers declare: functions, types, enumerators and macros, but the guards of the headers."""
    for header in sorted((HEADERS / "silex").glob("*.h")):
        text = re.sub(r"/\*.*?\*/", "", header.read_text(), flags=re.DOTALL)
        guard = re.search(r"#ifndef (\w+)", text)[1]
        yield from re.findall(r"SILEX_API [^;(]*?\b(silex_\w+)\(", text)
        yield from re.findall(r"^typedef (?:struct|enum) (silex_\w+) \{", text, re.MULTILINE)
        for body in re.findall(r"\benum\b[^{;]*\{([^}]*)\}", text):
            yield from re.findall(r"\b(SILEX_[A-Z_]+)\b(?= =)", body)
        yield from (name for name in re.findall(r"^#define (SILEX_\w+)", text, re.MULTILINE) if name != guard)
    for header in sorted((HEADERS / "silex").glob("*.hpp")):
        text = re.sub(r"namespace detail \{.*?^\}  // namespace detail$", "", header.read_text(), flags=re.DOTALL | re.MULTILINE)
        if "namespace silex::detail" not in text:
            yield from (f"silex::{name}" for name in re.findall(r"^(?:class|struct)(?: \[\[.*?\]\])? (\w+)[^;]*\{", text, re.MULTILINE))


def main(doxygen):
    with tempfile.TemporaryDirectory() as folder:
        wrong = run_doxygen(doxygen, folder)
        names = documented(folder)
    wanted = set(public_names()) - {"SILEX_API"}  # which is expanded, for the sake of the functions
    wrong += [f"the reference does not have {name}" for name in sorted(wanted - names.keys())]
    wrong += [f"{name} has no comment" for name, has in sorted(names.items())
              if not has]
    print("\n".join([*wrong, f"{len(names)} names, {len(wanted)} that must be there, {len(wrong)} wrong"]))
    return 1 if wrong or len(wanted) < 200 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
