"""In a mock host: a chain of 1000 sequential calls, ours and as plain Python does it.

chain.py RESULTS MODULE CALLS ROUNDS: MODULE has the host's executeDeferred(), CALLS and ROUNDS are of plain Python.
"""

import asyncio
import importlib
import json
import statistics
import sys
import threading
import time

import clock
import embedded
import probe

clock.use_real_time()
CALLS, ROUNDS = 1000, 20
results, module, calls, rounds = sys.argv[1:]
executeDeferred = importlib.import_module(module).executeDeferred


async def on_main_thread(function, *arguments):
    """The usual pattern: wrap the call, hand it to the host, set a future back on the loop."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def run():
        try:
            outcome, error = function(*arguments), None
        except Exception as raised:
            outcome, error = None, raised
        loop.call_soon_threadsafe(set_future, future, outcome, error)

    executeDeferred(run)
    return await future


def set_future(future, outcome, error):
    if future.cancelled():
        return
    if error is None:
        future.set_result(outcome)
    else:
        future.set_exception(error)


async def python_chain():
    rates = []
    for _ in range(int(rounds)):
        begin = time.perf_counter()
        for _ in range(int(calls)):
            await on_main_thread(lambda: None)
        rates.append(int(calls) / (time.perf_counter() - begin))
    return rates


def scenario():
    ours = []
    runtime = probe.Probe().start()
    runtime.defer()
    yield lambda: runtime.told == 1
    for _ in range(ROUNDS):
        runtime.start_chain(CALLS)
        yield lambda: runtime.chain_rate
        ours.append(runtime.chain_rate)
    runtime.destroy()

    theirs = []
    thread = threading.Thread(target=lambda: theirs.extend(asyncio.run(python_chain())))
    thread.start()
    yield lambda: not thread.is_alive()
    with open(results, "w", encoding="utf-8") as file:
        json.dump({"ours": statistics.median(ours), "python": statistics.median(theirs)}, file)
    embedded.quit("finalize")
