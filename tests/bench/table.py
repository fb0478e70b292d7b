"""Prints the table of tests/bench/run.sh from what it measured: table.py RESULTS_FOLDER"""
import json
import pathlib
import sys


def ours(path):
    """The runs of bench_defer by name: items per second, or the time of one iteration in microseconds."""
    unit = {"ns": 1e-3, "us": 1.0, "ms": 1e3}
    figures = {}
    for run in json.loads(path.read_text())["benchmarks"]:
        name = run["name"].split("/")[0]
        figures[name] = run.get("items_per_second") or run["real_time"] * unit[run["time_unit"]]
    return figures


def main():
    folder = pathlib.Path(sys.argv[1])
    rows = [("what", "Silex", "reference", "ratio", "target")]
    for where in ("pinned", "unpinned"):
        bench = ours(folder / f"{where}.ours.json")
        python = json.loads((folder / f"{where}.python.json").read_text())
        trip = 1e6 / bench["SequentialDefer"]
        bare = bench["BareHandOver"]
        target = "at most 1.5 x" if where == "pinned" else "reported"
        rows += [
            (f"sequential defer, {where}: beside a bare hand-over", f"{trip:.2f} us", f"{bare:.2f} us",
             f"{trip / bare:.2f} x", target),
            (f"sequential defer, {where}: beside Python", f"{trip:.2f} us", f"{python['sequential_us']:.2f} us",
             f"{trip / python['sequential_us']:.2f} x", "reported"),
            (f"outstanding defers, {where}: beside Python", f"{bench['OutstandingDefer']:,.0f}/s",
             f"{python['burst_per_second']:,.0f}/s",
             f"{bench['OutstandingDefer'] / python['burst_per_second']:.0f} x", "at least 60 x; 3,000,000/s"),
            (f"100,000 pending calls told that the host is gone, {where}", f"{bench['StopWithPendingCalls'] / 1e3:.0f} ms",
             f"{python['give_up_us'] / 1e3:.0f} ms", f"{bench['StopWithPendingCalls'] / python['give_up_us']:.3f} x",
             "100 ms"),
        ]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for number, row in enumerate(rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


if __name__ == "__main__":
    main()
