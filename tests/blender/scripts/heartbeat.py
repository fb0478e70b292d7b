import time

import probe

seconds = 5.0
terms = 10_000_000


@probe.on_main_thread
def calibrate(_index):
    global terms
    begin = time.perf_counter()
    sum(range(terms))
    terms = int(terms * seconds / (time.perf_counter() - begin))


@probe.on_main_thread
def hold_gil(_index):
    begin = time.perf_counter()
    sum(range(terms))
    probe.figures["gil_held_seconds"] = time.perf_counter() - begin


probe.start()
probe.play("heartbeat")
