"""The whole product in the real Blender, from the zip that a TD installs: run.py SCENARIO --zip ... (see --help).

Starts a Silex service and a user (Node.js), unpacks the add-on into a user's folder of its own, starts Blender on a virtual
display, and checks what each of them saw.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile

from checks import CHECKS

HERE = pathlib.Path(__file__).resolve().parent
PEERS = HERE.parents[1] / "peers"
SKIPPED = 77


class Peer:
    """A program of Node.js that says on a line of its own when it is ready, and ends with its standard input."""

    def __init__(self, script, argument, folder, ready):
        self.output = folder / f"{script.stem}.log"
        self.process = subprocess.Popen(
            ["node", str(script), argument],
            env=dict(os.environ, NODE_PATH=str(PEERS / "node_modules")),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.first = self.process.stdout.readline()
        if ready not in self.first:
            raise RuntimeError(f"{script.name} did not start: {self.first}{self.process.stdout.read()}")

    def end(self):
        """Its lines."""
        rest, _ = self.process.communicate(timeout=30)
        return (self.first + rest).splitlines()


def lay_out(arguments, home):
    """What a TD does: the zip goes to the add-ons, the studio's own modules beside them."""
    scripts = home / "scripts"
    with zipfile.ZipFile(arguments.zip) as packed:
        packed.extractall(scripts / "addons")
    shutil.copytree(HERE / "modules", scripts / "addons" / "modules")  # on Blender's path, as add-ons are
    if arguments.scenario == "lives":
        shutil.copytree(scripts / "addons" / "silex_addon", scripts / "addons" / "silex_addon_old")
        (scripts / "addons" / "silex_addon_old" / "python" / "silex" / "version.txt").write_text("0.0.9")
    shutil.copy(arguments.pack, scripts / "addons" / "silex_addon" / "python" / "silex" / "lib")
    return scripts


def script_of(scenario):
    """The script, and the root of the actions that it runs."""
    if scenario == "sample":
        samples = HERE.parents[2] / "samples" / "hosts"
        return samples / "blender_demo.py", samples
    return HERE / f"{scenario}.py", HERE


def blender(arguments, home, url):
    script, actions = script_of(arguments.scenario)
    words = [arguments.blender, "--factory-startup", "--python-exit-code", "3", "--addons", "silex_addon"]
    if arguments.scenario == "background":
        words.insert(1, "--background")
    else:
        screen = ["-a", "-s", "-screen 0 1280x800x24 +extension GLX"]
        words = [arguments.xvfb_run, *screen, *words, "--enable-event-simulate", "--window-geometry", "0", "0", "1000", "700"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SILEX_")}
    environment.update(
        HOME=str(home),
        TMPDIR=str(home),
        LIBGL_ALWAYS_SOFTWARE="1",
        BLENDER_USER_SCRIPTS=str(home / "scripts"),
        SILEX_ACTION_CONFIG=str(actions),
        SILEX_SERVICE_URL=url,
        SILEX_RESULTS=str(home / "results.json"),
    )
    # A group of its own: on a timeout xvfb-run, Xvfb and Blender all have to go.
    process = subprocess.Popen(
        [*words, "--python", str(script)],
        env=environment,
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=arguments.timeout)
        return process.returncode, output
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return f"none after {arguments.timeout} s", process.communicate()[0]


def keep(arguments, home):
    """What the test leaves for whoever looks: figures and pictures."""
    if not arguments.results:
        return
    kept = pathlib.Path(arguments.results)
    kept.mkdir(parents=True, exist_ok=True)
    for file in [home / "results.json", *home.glob("*.png")]:
        if file.exists():
            shutil.copy(file, kept / f"product_{arguments.scenario}_{file.name}")


def play(arguments):
    """One round; what failed, and Blender's output."""
    with contextlib.ExitStack() as stack:
        home = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="silex-product-")))
        lay_out(arguments, home)
        service = Peer(PEERS / "silex_service.js", "{}", home, "listening")
        stack.callback(service.process.kill)
        url = f"127.0.0.1:{service.first.split()[1]}"
        user = Peer(HERE / "user.js", f"http://{url}", home, "here")
        stack.callback(user.process.kill)
        status, output = blender(arguments, home, f"ws://{url}")
        seen = [json.loads(line) for line in user.end()]
        service.end()
        keep(arguments, home)
        failed = [] if status == 0 else [f"Blender's exit status is {status}, not 0"]
        file = home / "results.json"
        figures = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        for name, figure in sorted(figures.items()):
            print(f"  {name} = {figure}")
        figures["output"] = output
        print("  the user:", " | ".join(" ".join(str(value) for value in each.values()) for each in seen))
        for sentence, check in CHECKS[arguments.scenario]:
            try:
                if not check(figures, seen):
                    failed.append("expected: " + sentence)
            except (KeyError, TypeError, StopIteration) as missing:
                failed.append(f"expected: {sentence}; there is no {missing}")
        return failed, output


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", choices=CHECKS)
    parser.add_argument("--zip", required=True, help="silex-blender-addon-*.zip, or a pattern that matches one")
    parser.add_argument("--pack", required=True, help="silex_commands_studio.so: commands in C++")
    parser.add_argument("--blender", default="blender")
    parser.add_argument("--xvfb-run", default="xvfb-run")
    parser.add_argument("--results", help="folder to copy figures and pictures to")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--long-rounds", type=int, help="as many where SILEX_TEST_LONG is set")
    parser.add_argument("--timeout", type=float, default=150, help="seconds for a round")
    arguments = parser.parse_args()
    hub = HERE.parents[2] / "samples" / "hub"
    if not (PEERS / "node_modules" / "socket.io-client").is_dir() or not (hub / "node_modules").is_dir():
        print("skipped: npm's socket.io is not there: tests/peers/setup.sh installs it")
        return SKIPPED
    found = list(pathlib.Path(arguments.zip).parent.glob(pathlib.Path(arguments.zip).name))
    if len(found) != 1:
        parser.error(f"{arguments.zip}: there are {len(found)}, not one")
    arguments.zip = found[0]
    rounds = arguments.long_rounds if arguments.long_rounds and "SILEX_TEST_LONG" in os.environ else arguments.rounds
    for number in range(rounds):
        failed, output = play(arguments)
        if failed:
            print(output)
            for failure in failed:
                print(f"FAILED in round {number + 1}:", failure)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
