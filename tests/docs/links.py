"""Each link of the pages leads to a file, a folder or a heading that is there: links.py [PAGE...]

The pages are all that the repository has, but those that `silex new` writes; without names, all that there are.
"""

import os
import pathlib
import re
import subprocess
import sys

SOURCE = pathlib.Path(os.environ["SILEX_SOURCE"])


def prose(text):
    """A page without its blocks and without `code`."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^\s*```.*?^\s*```", "", text, flags=re.MULTILINE | re.DOTALL))


def anchors(path):
    """The headings of a page, as links name them."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", path.read_text(), flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def forgotten(pages):
    """Pages of the repository that are not among these; none where there is no repository."""
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=SOURCE, capture_output=True, text=True)
    return [page for page in listed.stdout.splitlines() if page not in pages and not page.startswith("sdk/templates/")]


def main(pages):
    wrong = checked = 0
    for page in forgotten(pages):
        wrong += 1
        print(f"{page} is not among the pages that are checked: see tests/docs/CMakeLists.txt")
    for page in pages or sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*.md")):
        path = SOURCE / page
        for target in re.findall(r"\]\(([^)\s]+)\)", prose(path.read_text())):
            if re.match(r"[a-z]+:", target):
                continue
            checked += 1
            name, _, anchor = target.partition("#")
            to = path.parent / name if name else path
            if not to.exists():
                wrong += 1
                print(f"{page}: there is no {target}")
            elif anchor and to.suffix == ".md" and anchor not in anchors(to):
                wrong += 1
                print(f"{page}: {name or page} has no heading #{anchor}")
    print(f"{checked} links, {wrong} wrong")
    return 1 if wrong or checked < 20 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
