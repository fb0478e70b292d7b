"""What an adapter yields and costs in its mock host, as rows of the benchmarks' table: bench.py BUILD_FOLDER HOST"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
HOSTS = HERE.parent.parent / "hosts"

# Per host: where its modules are, which of them is loaded from the start, and how many calls the plain Python pattern
# makes: a Houdini takes a tenth of a second for one.
MOCKS = {
    "maya": {"path": HOSTS / "maya/fake", "module": "maya_host", "deferred": "maya.utils", "calls": 1000, "rounds": 20},
    "houdini": {"path": HOSTS / "houdini", "module": "hou", "deferred": "hdefereval", "calls": 20, "rounds": 3},
}


def measure(build, name, script, *arguments):
    mock = MOCKS[name]
    environment = dict(
        os.environ,
        SILEX_ADAPTER_PATH=str(build / "adapters" / name),
        SILEX_PROBE=str(build / "tests/hosts/embedded/probe/libsilex_host_probe.so"),
    )
    with tempfile.TemporaryDirectory(prefix="silex-bench-") as folder:
        results = pathlib.Path(folder) / "results.json"
        host = [build / "tests/hosts/embedded/silex_embedded_host", "--host", mock["module"], "--limit", "300"]
        for path in (HOSTS / "embedded/python", mock["path"]):
            host += ["--path", path]
        command = [*host, HERE / script, results, *arguments]
        subprocess.run(list(map(str, command)), env=environment, check=True, stdout=subprocess.DEVNULL)
        return json.loads(results.read_text(encoding="utf-8"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("host", choices=MOCKS)
    parser.add_argument("--seconds", default="5")
    parser.add_argument("--rounds", type=int, default=3, help="with and without in turn")
    arguments = parser.parse_args()
    build, name = arguments.build.resolve(), arguments.host
    mock, title = MOCKS[name], name.capitalize()

    chain = measure(build, name, "chain.py", mock["deferred"], mock["calls"], mock["rounds"])
    print(
        f"| chain of 1000 sequential calls in the mock {title}: beside executeDeferred and asyncio "
        f"| {chain['ours']:,.0f}/s | {chain['python']:,.0f}/s | {chain['ours'] / chain['python']:,.0f} x | 50,000/s |"
    )
    idle = {"without": [], "with": []}
    for _ in range(arguments.rounds):
        for which, figures in idle.items():
            figures.append(measure(build, name, "idle.py", which, arguments.seconds)["percent"])
    without, ours = (min(figures) for figures in idle.values())
    print(
        f"| idle cost in the mock {title}, of one core: beside it without us | {ours:.2f} % | {without:.2f} % "
        f"| {ours - without:+.2f} % | under +0.5 % |"
    )


if __name__ == "__main__":
    main()
