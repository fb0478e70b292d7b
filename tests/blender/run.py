"""Runs one scenario in the real Blender and checks what it wrote: run.py SCENARIO --blender ... (see --help)."""

import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

from expectations import EXPECTATIONS

SCRIPTS = pathlib.Path(__file__).resolve().parent / "scripts"


def command(arguments, script_file):
    # Blender's Python does not look into the folder of a script, nor at the environment.
    path = f"import sys; sys.path.insert(0, {str(SCRIPTS)!r}); sys.dont_write_bytecode = True"
    script = ["--factory-startup", "--python-exit-code", "3", "--python-expr", path, "--python", str(script_file)]
    if script_file.name.startswith("background"):
        return [arguments.blender, "--background", *script]
    screen = ["-a", "-s", "-screen 0 1280x800x24 +extension GLX"]
    return [arguments.xvfb_run, *screen, arguments.blender, "--window-geometry", "0", "0", "800", "600", *script]


def start(arguments, script_file, results):
    environment = dict(os.environ)
    environment.update(
        LIBGL_ALWAYS_SOFTWARE="1",
        SILEX_ADAPTER_PATH=arguments.adapters,
        SILEX_PROBE=arguments.probe,
        SILEX_RESULTS=str(results),
        TMPDIR=str(results.parent),
    )
    # A group of its own: on a timeout xvfb-run, Xvfb and Blender all have to go.
    return subprocess.Popen(
        command(arguments, script_file),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )


def run(arguments, results):
    process = start(arguments, SCRIPTS / f"{arguments.scenario}.py", results)
    try:
        output, _ = process.communicate(timeout=arguments.timeout)
        return process.returncode, output
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return f"none after {arguments.timeout} s", process.communicate()[0]


def failures(arguments, status, results):
    if status != 0:
        yield f"Blender's exit status is {status}, not 0"
    if not results.exists():
        yield "Blender wrote no results"
        return
    figures = json.loads(results.read_text(encoding="utf-8"))
    for name, figure in sorted(figures.items()):
        print(f"  {name} = {figure}")
    if "failure" in figures:
        yield figures["failure"]
    for text, expectation in EXPECTATIONS[arguments.scenario]:
        try:
            if not expectation(figures):
                yield "expected: " + text
        except KeyError as missing:
            yield f"expected: {text}; there is no figure {missing}"


def add_paths(parser):
    parser.add_argument("--blender", default="blender")
    parser.add_argument("--xvfb-run", default="xvfb-run")
    parser.add_argument("--probe", required=True, help="libsilex_blender_probe.so")
    parser.add_argument("--adapters", required=True, help="folder of silex_adapter_blender.so")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", choices=EXPECTATIONS)
    add_paths(parser)
    parser.add_argument("--results", help="folder to copy the results to")
    parser.add_argument("--timeout", type=float, default=180)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="silex-blender-") as folder:
        results = pathlib.Path(folder) / f"{arguments.scenario}.json"
        status, output = run(arguments, results)
        failed = list(failures(arguments, status, results))
        if arguments.results and results.exists():
            kept = pathlib.Path(arguments.results)
            kept.mkdir(parents=True, exist_ok=True)
            (kept / results.name).write_text(results.read_text(encoding="utf-8"), encoding="utf-8")
    if failed:
        print(output)
    for failure in failed:
        print("FAILED:", failure)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
