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
    # One call of C code each time; longer ones where the machine has become quicker since it was measured.
    global terms
    held = 0.0
    while held < 0.8 * seconds:
        begin = time.perf_counter()
        sum(range(terms))
        held = time.perf_counter() - begin
        terms = int(terms * seconds / held)
    probe.figures["gil_held_seconds"] = held


probe.start()
probe.play("heartbeat")
