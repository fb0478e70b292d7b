"""What Python costs: silex.defer of a no-op from a coroutine beside asyncio's run_in_executor, in the same run; and
what importing and starting costs, in a process of its own.

Prints a table; the ratio is ours by the reference's. Target: no more than 1, and 50 ms.
    PYTHONPATH=build/release/python /usr/bin/python3 tests/bench/python/defer.py [CALLS]
"""

import asyncio
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import silex

ROUNDS = 7


def nothing():
    pass


def ours(calls):
    async def chain():
        begun = time.perf_counter()
        for _ in range(calls):
            await silex.defer(nothing)
        return (time.perf_counter() - begun) / calls

    return silex.run(chain()).result()


def reference(calls):
    async def chain():
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1) as executor:
            await loop.run_in_executor(executor, nothing)  # its thread is there
            begun = time.perf_counter()
            for _ in range(calls):
                await loop.run_in_executor(executor, nothing)
            return (time.perf_counter() - begun) / calls

    return asyncio.run(chain())


def start_ms():
    script = (
        "import time; begun = time.perf_counter()\n"
        "import silex; silex.start(url='')\n"
        "print((time.perf_counter() - begun) * 1000)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return float(said.stdout)


def main():
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    silex.start(url="")
    ours(200), reference(200)
    pairs = [(ours(calls), reference(calls)) for _ in range(ROUNDS)]  # side by side: the machine is not quiet
    mine, theirs = (statistics.median(column) for column in zip(*pairs))
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    print("await silex.defer(no-op), from a coroutine   %8.1f us" % (mine * 1e6))
    print("await loop.run_in_executor(one, no-op)       %8.1f us" % (theirs * 1e6))
    print("ratio                                        %8.2f     target 1.00" % ratio)
    silex.stop()
    print("import silex; silex.start()                  %8.1f ms  target 50" % statistics.median(start_ms() for _ in range(ROUNDS)))


if __name__ == "__main__":
    main()
