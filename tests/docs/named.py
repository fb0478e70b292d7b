"""Whether what a command names is there: files of the tree, presets, targets and labels of tests."""

import json
import pathlib
import re
import shlex
import shutil


def check(line, folder, source, build):
    """Throws LookupError, which says what is not there. `folder` is the page's: paths begin there, or in the tree."""
    words = shlex.split(line, comments=True)
    for command in _split(words):
        _check_command(command, folder, source, build)


def _split(words):
    command = []
    for word in words:
        if word in ("&&", "||", "|", ";"):
            yield command
            command = []
        else:
            command.append(word)
    yield command


def _check_command(command, folder, source, build):
    while command and re.match(r"\w+=", command[0]):
        command = command[1:]
    if not command or command[0] == "cd":
        return
    program = command[0]
    if program.startswith("/") or "/" not in program:
        if not shutil.which(program) and program != "silex":
            raise LookupError(f"nobody has the program {program}")
    elif not program.startswith(("build/", "~/silex/bin/")):  # which are built
        script = next((base / program for base in (source, folder) if (base / program).is_file()), None)
        if not script:
            raise LookupError(f"there is no {program}")
        _check_arguments(script, command[1:], source)
    presets = {each["name"] for each in json.loads((source / "CMakePresets.json").read_text())["configurePresets"]}
    for option, value in zip(command, command[1:]):
        if option == "--preset" and value not in presets:
            raise LookupError(f"there is no preset {value}")
        if option == "--target" and value not in _targets(build):
            raise LookupError(f"there is no target {value}")
        if option == "-L" and value not in _labels(build):
            raise LookupError(f"no test has the label {value}")
        if option == "--component" and not any(f'"{value}"' in each.read_text() for each in build.glob("**/cmake_install.cmake")):
            raise LookupError(f"there is no component {value}")


def _check_arguments(script, arguments, source):
    """Each argument of a script of ours stands in it."""
    text = script.read_text()
    for argument in arguments:
        if argument.startswith("samples/"):
            if not (source / argument).exists():
                raise LookupError(f"there is no {argument}")
        elif re.fullmatch(r"[a-z_]+", argument) and not re.search(rf"\b{argument}\b", text):
            raise LookupError(f"{script} does not know '{argument}'")


def _targets(build):
    # Some are of other presets: `packages` is, so the rules are searched as well.
    text = (build / "build.ninja").read_text()
    return set(re.findall(r"^build (?:[^\n:]*/)?([\w.]+): phony", text, re.MULTILINE)) | set(
        re.findall(r"^build ([\w./]+)\b", text, re.MULTILINE))


def _labels(build):
    labels = set()
    for rules in pathlib.Path(build).glob("**/*.cmake"):
        for found in re.findall(r'LABELS "([^"]*)"', rules.read_text()):
            labels.update(found.split(";"))
    return labels
