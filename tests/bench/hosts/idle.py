"""In a mock host: the processor time of a host at rest, with us or without: idle.py RESULTS with|without SECONDS"""

import json
import sys
import time

import clock
import embedded
import probe

clock.use_real_time()
results, which, seconds = sys.argv[1:]


def scenario():
    if which == "with":
        runtime = probe.Probe().start()
        runtime.defer(None, 100)
        yield lambda: runtime.told == 100
    yield 20  # what the start left to do
    turns, used, begin = embedded.turns(), time.process_time(), time.monotonic()
    yield lambda: time.monotonic() - begin > float(seconds)
    used, passed = time.process_time() - used, time.monotonic() - begin
    with open(results, "w", encoding="utf-8") as file:
        json.dump({"percent": 100 * used / passed, "turns": (embedded.turns() - turns) / passed}, file)
    embedded.quit("finalize")
