"""What the adapter costs and yields in the real Blender, as rows of the benchmarks' table."""

import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "blender"))
import run  # noqa: E402


def cpu_seconds(pid):
    """Of all threads of the process, to the nanosecond."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def end_it(process, results):
    """Ends Blender, and lets xvfb-run tidy up after it."""
    try:
        os.kill(json.loads(results.read_text(encoding="utf-8"))["pid"], signal.SIGTERM)
        process.communicate(timeout=10)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def idle_percent(arguments, what):
    """Of one core, while Blender rests."""
    os.environ["SILEX_IDLE"] = what
    with tempfile.TemporaryDirectory(prefix="silex-bench-") as folder:
        results = pathlib.Path(folder) / "idle.json"
        process = run.start(arguments, HERE / "idle.py", results)
        try:
            end = time.monotonic() + 60
            while not (results.exists() and results.stat().st_size > 0):
                if process.poll() is not None or time.monotonic() > end:
                    sys.exit("Blender did not come to rest")
                time.sleep(0.1)
            time.sleep(0.5)  # what its start left to do, which is not measured
            pid = json.loads(results.read_text(encoding="utf-8"))["pid"]
            used, begin = cpu_seconds(pid), time.monotonic()
            time.sleep(arguments.seconds)
            return 100 * (cpu_seconds(pid) - used) / (time.monotonic() - begin)
        finally:
            end_it(process, results)


def chain(arguments):
    with tempfile.TemporaryDirectory(prefix="silex-bench-") as folder:
        results = pathlib.Path(folder) / "chain.json"
        arguments.scenario = "chain"
        status, output = run.run(arguments, results)
        if status != 0:
            sys.exit(output)
        return json.loads(results.read_text(encoding="utf-8"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    run.add_paths(parser)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=2, help="with and without in turn")
    arguments = parser.parse_args()
    arguments.timeout = 180

    measured = {"without": [], "with": []}
    for _ in range(arguments.rounds):
        for what, figures in measured.items():
            figures.append(idle_percent(arguments, what))
    without, ours = (sum(figures) / len(figures) for figures in measured.values())
    figures = chain(arguments)
    per_tick = 1 / figures["tick_seconds"]
    rate = figures["median_rate"]
    print(f"| idle cost in Blender, of one core: beside Blender alone | {ours:.2f} % | {without:.2f} % "
          f"| {ours - without:+.2f} % | under +0.5 % |")
    print(f"| chain of 1000 sequential calls in Blender: beside one per tick | {rate:,.0f}/s | {per_tick:,.0f}/s "
          f"| {rate / per_tick:,.0f} x | 100,000/s |")


if __name__ == "__main__":
    main()
