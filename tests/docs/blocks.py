"""The fenced blocks of a Markdown page, each with what is said about how it is checked.

Above a block stands, unseen by readers, `<!-- checked: HOW -->`; check.py has what HOW may be.
"""

import dataclasses
import re


@dataclasses.dataclass
class Block:
    page: str
    line: int  # of its first line, from 1
    language: str
    text: str
    above: str  # what readers see right above it
    how: list  # of words and their argument: [("is", "samples/embed.c")]

    @property
    def place(self):
        return f"{self.page}:{self.line}"


def blocks_of(page, text):
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        fence = re.match(r"^(\s*)```(\S*)\s*$", lines[number])
        if not fence:
            number += 1
            continue
        indent, first = len(fence[1]), number + 1
        last = next((at for at in range(first, len(lines)) if lines[at].strip() == "```"), None)
        if last is None:
            raise ValueError(f"{page}:{first}: a block that begins here has no end")
        body = "".join(line[indent:] + "\n" for line in lines[first:last])
        directive = lines[number - 1] if number else ""
        yield Block(page, first + 1, fence[2], body, "\n".join(lines[max(0, number - 5):number - 1]), _how(directive))
        number = last + 1


def _how(line):
    found = re.fullmatch(r"\s*<!-- checked: (.*) -->\s*", line)
    if not found:
        return []
    parts = [part.strip() for part in found[1].split(";")]
    return [tuple((part + " ").split(" ", 1)) for part in parts]
