"""What the adapter yields and costs in the mock Maya, as rows of the benchmarks' table: bench.py BUILD_FOLDER"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
HOSTS = HERE.parent.parent / "hosts"


def measure(build, script, *arguments):
    environment = dict(
        os.environ,
        SILEX_ADAPTER_PATH=str(build / "adapters/maya"),
        SILEX_PROBE=str(build / "tests/hosts/embedded/probe/libsilex_host_probe.so"),
    )
    with tempfile.TemporaryDirectory(prefix="silex-bench-") as folder:
        results = pathlib.Path(folder) / "results.json"
        host = [build / "tests/hosts/embedded/silex_embedded_host", "--host", "maya_host", "--limit", "300"]
        for path in (HOSTS / "embedded/python", HOSTS / "maya/fake"):
            host += ["--path", path]
        command = [*host, HERE / script, results, *arguments]
        subprocess.run(list(map(str, command)), env=environment, check=True, stdout=subprocess.DEVNULL)
        return json.loads(results.read_text(encoding="utf-8"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--seconds", default="5")
    parser.add_argument("--rounds", type=int, default=3, help="with and without in turn")
    arguments = parser.parse_args()
    build = arguments.build.resolve()

    chain = measure(build, "chain.py")
    print(
        f"| chain of 1000 sequential calls in the mock Maya: beside executeDeferred and asyncio | {chain['ours']:,.0f}/s "
        f"| {chain['python']:,.0f}/s | {chain['ours'] / chain['python']:,.0f} x | 50,000/s |"
    )
    idle = {"without": [], "with": []}
    for _ in range(arguments.rounds):
        for which, figures in idle.items():
            figures.append(measure(build, "idle.py", which, arguments.seconds)["percent"])
    without, ours = (min(figures) for figures in idle.values())
    print(
        f"| idle cost in the mock Maya, of one core: beside it without us | {ours:.2f} % | {without:.2f} % "
        f"| {ours - without:+.2f} % | under +0.5 % |"
    )


if __name__ == "__main__":
    main()
