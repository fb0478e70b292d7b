#!/usr/bin/env python3
"""Doxygen's input filter: what it needs to read the public headers as they are, with plain comments.

    comments.py HEADER   prints the header with its comments marked as Doxygen wants them

A comment above a declaration is about it (`/*` becomes `/**`, `//` becomes `///`), one behind it too (`/**<`, `///<`),
the first one of a file is about the file. One that is followed by a blank line is about no name; those inside function
bodies and parameter lists are not touched.
"""

import re
import sys

# What the language defines: to make, copy, move and end a value.
SPECIAL = re.compile(r"\s+(explicit )?((\w+)\((const \3& ?\w*|\3 ?&& ?\w*)?\)|(virtual )?~\w+\(\)|[\w&]+ operator=\()")
SIZE = "/**< Of this struct in bytes, set by whoever fills it in. */"


def escaped(text):
    """Text outside `code`, with what Doxygen would take for a command or a tag made plain."""
    parts = text.split("`")
    for number in range(0, len(parts), 2):
        parts[number] = re.sub(r"([\\@<>])", r"\\\1", parts[number])
    return "`".join(parts)


class Scopes:
    """Where a line stands: among declarations, in a function's body, or in a parameter list."""

    def __init__(self):
        self.braces = []  # of each brace that is open: the statement that opened it
        self.parentheses = 0
        self.statement = ""

    def read(self, code):
        for character in re.sub(r'"(\\.|[^"\\])*"|\'(\\.|[^\'\\])\'', "", code):
            self.parentheses += (character == "(") - (character == ")")
            if character == "{":
                self.braces.append(self.statement)
            elif character == "}" and self.braces:
                self.braces.pop()
            self.statement = "" if character in "{};" else self.statement + character
        self.statement += " "

    @property
    def of_declarations(self):
        kinds = r"\b(namespace|class|struct|enum|union|extern)\b[^()]*$"
        return self.parentheses == 0 and all(
            re.search(kinds, re.sub(r"\[\[.*?\]\]", "", opened)) for opened in self.braces)

    @property
    def struct(self):
        """The name of the struct in C that is open."""
        found = re.search(r"typedef struct (\w+)", self.braces[-1]) if self.braces else None
        return found and found[1]


def function_of(member):
    """What a member of silex_api stands for."""
    return f"silex_{'runtime_' if member == 'is_running' else ''}{member}()"


def in_c(lines):
    """A header of the C ABI."""
    scopes, number, first = Scopes(), 0, True
    while number < len(lines):
        line = lines[number]
        code, opened, comment = line.partition("/*")
        number += 1
        if line.startswith("#"):
            while lines[number - 1].endswith("\\"):
                yield lines[number - 1]
                number += 1
            yield lines[number - 1]
            continue
        if not opened:
            scopes.read(code)
            yield uncommented(code, scopes)
            continue
        text = [comment]
        while "*/" not in text[-1]:
            text.append(lines[number])
            number += 1
        text[-1], _, rest = text[-1].partition("*/")
        alone = number < len(lines) and lines[number].strip() == ""
        before = scopes.of_declarations
        scopes.read(code)
        if first:
            mark, first = "/** @file\n *", False
        elif code.strip():
            mark = "/**<" if before else "/*"
        else:
            mark = "/*" if alone or not before else "/**"
        yield f"{code}{mark}" + "\n".join(escaped(each) for each in text) + "*/" + rest


def uncommented(code, scopes):
    """A line of code without a comment: the members whose meaning is a rule of the ABI are given theirs."""
    if re.fullmatch(r"\s+uint32_t size;", code):
        return f"{code} {SIZE}"
    member = re.match(r"\s+\S.*\(\*(\w+)\)\(", code)
    if member and scopes.struct == "silex_api":
        return f"/** {function_of(member[1])} */ {code}"
    return code


def in_cpp(lines):
    """A header of the C++ layer."""
    scopes, of_file, behind, directive = Scopes(), True, -1, False
    original = None  # of the struct that is open, where it is one "as" a struct in C
    yield "/// @file"
    for number, line in enumerate(lines):
        found = re.search(r"(?<![:\"\w])//", line)
        code, comment = (line[:found.start()], line[found.end():]) if found else (line, None)
        of_file = of_file and line.startswith("//")
        if directive or line.startswith("#"):
            directive = line.endswith("\\")
            yield line
            continue
        before = scopes.of_declarations
        scopes.read(code)
        if comment is None:
            behind = -1
            if line == "};":
                original = None
            if before and SPECIAL.match(line) and not lines[number - 1].strip().startswith("//"):
                yield "/// As usual in C++."
            member = re.fullmatch(r"  [^()]*\b\w+( = [^()]+|\{.*\})?;|  std::function<.*>.*;", line)
            yield f"{line}  ///< As in {original}." if original and member and before else line
        elif code.strip():  # behind what it is about, and it may go on in the lines below
            # What stands behind a brace that closes only names what it closes.
            about = before and scopes.of_declarations and not code.startswith("}")
            behind = found.start() if about else -1
            yield f"{code}///<{escaped(comment)}" if behind >= 0 else line
        elif behind == found.start():
            yield f"{code}///<{escaped(comment)}"
        elif of_file or before and not alone(lines, number):
            original = (re.match(r" As (silex_\w+)\b[.;]", comment) or [None, original])[1]
            yield f"{code}///{escaped(comment)}"
        else:
            yield line


def alone(lines, number):
    """Whether the block of `//` that this line is in is followed by a blank line."""
    while number < len(lines) and lines[number].strip().startswith("//"):
        number += 1
    return number == len(lines) or not lines[number].strip()


def main(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    print("\n".join((in_cpp if path.endswith(".hpp") else in_c)(lines)))


if __name__ == "__main__":
    main(sys.argv[1])
