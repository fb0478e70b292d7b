"""Checks the code blocks of one page, in order: check.py PAGE [--blender]

A block has one of these above it, as `<!-- checked: ... -->`; a block that has none fails the test.

    is FILE             it is that file of the tree, to the letter
    part of FILE        its lines stand in that file, one after another (however far they are indented)
    definition NAME     YAML: the action of that name; `silex check` finds nothing wrong
    json                JSON
    compiles            C11 or C++20, as it is, every warning an error; with `in FRAME` in its place in frames/FRAME; with
                        `with PACKAGE` what pkg-config says of that, left out where it does not know it
    runs                a program in C, C++, Python or sh: it is compiled, and run to its end; Python also `with FOLDER` on its
                        path, or `in COMMAND`, where $FILE is the block
    project FRAME       CMake: a project, frames/FRAME, is configured and built with it, against the installed package
    file NAME           is written to that file, in the folder where the page's steps are done; readers see its name above
    step                sh: is done there
    printed             stands in what the block that ran before printed; `...` stands for anything
    printed by COMMAND  stands in what that command prints; as above
    named               sh: commands that a test can't do; what they name is there: files, presets, targets, labels

Programs get a home of their own with the installed package in `silex`. What needs Blender is done with --blender, and
nothing else then. Environment: SILEX_SOURCE, SILEX_BUILD, SILEX_SDK (the installed package), CC, CXX, SILEX_PYTHON.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap

import named
from blocks import blocks_of

HERE = pathlib.Path(__file__).parent
SOURCE = pathlib.Path(os.environ["SILEX_SOURCE"])
BUILD = pathlib.Path(os.environ["SILEX_BUILD"])
SDK = pathlib.Path(os.environ["SILEX_SDK"])
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
STANDARDS = {"c": ["c", "-std=c11", "-D_POSIX_C_SOURCE=200809L"], "cpp": ["c++", "-std=c++20"]}


class Wrong(Exception):
    """What is wrong with a block, in words."""


class Page:
    """One page, whose blocks share a folder and follow one another."""

    def __init__(self, home):
        self.home = home
        (home / "silex").symlink_to(SDK)
        self.libraries = str(next(SDK.glob("lib*/**/libsilex.so")).parent)
        self.printed = ""  # by what ran last
        self.environment = {**os.environ, "HOME": str(home), "LD_LIBRARY_PATH": self.libraries,
                            "PATH": f"{SDK}/bin:{os.environ['PATH']}", "PYTHONPATH": str(next(SDK.glob("lib*/**/silex/python"))),
                            "SILEX_TEST_PYTHON": str(SOURCE / "sdk/python/silex"),  # for the stand-ins of tests/packages
                            "PYTHONDONTWRITEBYTECODE": "1", "CMAKE_GENERATOR": "Ninja",
                            "CFLAGS": " ".join(WARNINGS), "CXXFLAGS": " ".join(WARNINGS)}

    def run(self, *command, where=None, text=None):
        """Runs a command to its end, and keeps what it printed."""
        ended = subprocess.run([str(each) for each in command], cwd=where or self.home, env=self.environment, input=text,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600)
        self.printed = ended.stdout
        if ended.returncode == 77:  # something that it needs is not installed
            print(f"  left out: {ended.stdout.strip()}")
            self.printed = None
        elif ended.returncode:
            raise Wrong(f"{command[0]} ended with {ended.returncode}:\n{ended.stdout}")

    def shell(self, commands, where=None):
        commands = commands.replace("$BUILD", str(BUILD)).replace("$SOURCE", str(SOURCE))
        self.run("bash", "-euo", "pipefail", "-c", commands, where=where)

    # The kinds of check; each is given the block and its argument.

    def check_is(self, block, name):
        expected = (SOURCE / name).read_text()
        if block.text != expected:
            raise Wrong(f"it is not {name}: make them the same" + difference(block.text, expected))

    def check_part(self, block, name):
        name = name.removeprefix("of ")
        lines = [line.strip() for line in (SOURCE / name).read_text().splitlines()]
        wanted = [line.strip() for line in block.text.splitlines()]
        if not any(lines[at:at + len(wanted)] == wanted for at in range(len(lines))):
            raise Wrong(f"its lines are not in {name}, one after another")

    def check_definition(self, block, name):
        folder = self.home / "definitions" / "action"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.yml").write_text(block.text)
        self.run(SDK / "bin/silex", "check", folder / f"{name}.yml")

    def check_json(self, block, _):
        json.loads(block.text)

    def check_compiles(self, block, how):
        frame, _, package = how.removeprefix("in ").partition(" with ")
        flags = []
        if package:
            known = subprocess.run(["pkg-config", "--cflags", package], capture_output=True, text=True)
            if known.returncode:
                print(f"  left out: {package} is not installed")
                return
            flags = [flag.replace("-I", "-isystem", 1) for flag in known.stdout.split()] + ["-fPIC"]
        self.compile(block, frame or None, flags)

    def check_runs(self, block, how):
        if how.startswith("in "):
            self.write(block, f"block_{block.line}")
            self.shell(how[3:].replace("$FILE", str(self.home / f"block_{block.line}")), where=SOURCE)
        elif block.language == "python":
            folder = [str(SOURCE / how[5:])] if how.startswith("with ") else []
            path = os.pathsep.join([*folder, self.environment["PYTHONPATH"]])
            self.run("env", f"PYTHONPATH={path}", os.environ["SILEX_PYTHON"], "-", text=block.text)
        elif block.language == "sh":
            self.shell(block.text)
        else:
            self.run(self.compile(block, None, [], link=True))

    def check_project(self, block, frame):
        folder = self.home / pathlib.Path(frame).name
        shutil.copytree(HERE / "frames" / frame, folder)
        rules = folder / "CMakeLists.txt"
        rules.write_text(framed(rules.read_text(), block.text))
        self.run("cmake", "-S", folder, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={SDK}", f"-DSOURCE={SOURCE}")
        self.run("cmake", "--build", folder / "build")

    def check_file(self, block, name):
        if f"`{name}`" not in block.above:
            raise Wrong(f"readers are not told that this is `{name}`: say so right above it")
        self.write(block, name)

    def write(self, block, name):
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text)

    def check_step(self, block, _):
        self.shell(block.text)

    def check_printed(self, block, command):
        if command:
            self.shell(command.removeprefix("by "), where=SOURCE)
        if self.printed is None:
            return
        lines = block.text.splitlines()
        if lines and lines[0].startswith("$ "):
            named.check(lines[0][2:], SOURCE, SOURCE, BUILD)
        lines = [line for line in lines if not line.startswith("$ ")]
        missing = first_missing(lines, self.printed)
        if missing is not None:
            raise Wrong(f"this line was not printed, or not at its place:\n  {missing}\nall that was printed:\n{self.printed}")

    def check_named(self, block, _):
        for command in block.text.splitlines():
            try:
                named.check(command, (SOURCE / block.page).parent, SOURCE, BUILD)
            except LookupError as error:
                raise Wrong(f"{command}\n  {error}") from None

    def compile(self, block, frame, flags, link=False):
        language = "c" if block.language == "c" else "cpp"
        source = self.home / f"block_{block.line}.{language}"
        source.write_text(framed((HERE / "frames" / frame).read_text(), block.text) if frame else block.text)
        program = source.with_suffix("")
        self.run(os.environ["CC" if language == "c" else "CXX"], "-x", *STANDARDS[language], *WARNINGS,
                 f"-I{SDK}/include", f"-I{HERE}/frames", f"-I{SOURCE}/samples/hello", f"-I{SOURCE}/samples/publish",
                 *flags, *(["-o", program] if link else ["-fsyntax-only"]), source,
                 *(["-x", "none", f"-L{self.libraries}", "-lsilex", "-pthread"] if link else []))
        return program


def framed(frame, text):
    """The frame, with the text where it says @BLOCK@, indented as that is."""
    found = re.search(r"^([ \t]*).*@BLOCK@.*$", frame, re.MULTILINE)
    if not found:
        raise Wrong("its frame has no @BLOCK@")
    return frame[:found.start()] + textwrap.indent(text.rstrip("\n"), found[1]) + frame[found.end():]


def difference(text, expected):
    import difflib
    return "\n" + "\n".join(difflib.unified_diff(text.splitlines(), expected.splitlines(), "the page", "the file", lineterm=""))


def first_missing(lines, printed):
    """The first of the lines that does not come, in order, in what was printed; None where all do."""
    rest = iter(same_each_time(printed).splitlines())
    for line in same_each_time("\n".join(lines)).splitlines():
        pattern = ".*".join(re.escape(part) for part in line.split("..."))
        if line.strip() and not line.strip() == "..." and not any(re.fullmatch(rf"\s*{pattern.strip()}\s*", each) for each in rest):
            return line
    return None


def same_each_time(text):
    """A text without what differs from run to run: times and ports."""
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", re.sub(r"\[\d\d:\d\d:\d\d\.\d{3}\]", "[TIME]", text))


def check(page, block):
    if not block.how:
        raise Wrong(f"nobody checks this block: say how, above it (see {pathlib.Path(__file__).name})")
    for word, argument in block.how:
        method = getattr(page, f"check_{word}", None)
        if not method:
            raise Wrong(f"there is no check '{word}'")
        method(block, argument.strip())


def main(name, *options):
    failed = checked = 0
    with tempfile.TemporaryDirectory() as home:
        page = Page(pathlib.Path(home))
        for block in blocks_of(name, (SOURCE / name).read_text()):
            needs_blender = any("blender" in argument for word, argument in block.how if word == "printed")
            if needs_blender != ("--blender" in options):
                continue
            checked += 1
            try:
                check(page, block)
                print(f"{block.place}: {'; '.join(' '.join(each).strip() for each in block.how)}", flush=True)
            except (Wrong, LookupError, ValueError, OSError, subprocess.TimeoutExpired) as wrong:
                failed += 1
                print(f"{block.place}: {wrong}", flush=True)
                if any(word == "step" for word, _ in block.how):
                    print("  what comes after it is left out")
                    break
    print(f"{name}: {checked} blocks, {failed} wrong")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
