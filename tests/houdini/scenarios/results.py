"""Two threads wait for the main thread at once: each gets its own result. Houdini's own way hands both through one
global."""

import os
import threading

from scene import check, check_order, hou, start

ROUNDS = 200


def scenario():
    if os.environ.get("SILEX_RESULTS_THROUGH") == "hdefereval":
        import hdefereval

        call = hdefereval.executeInMainThreadWithResult
    else:
        probe = start()

        def call(function, value):
            results, done = [], threading.Event()
            probe.defer(lambda _index: (results.append(function(value)), done.set()))
            done.wait()
            return results[0]

    wrong = []

    def work(sign):
        for i in range(1, ROUNDS):
            result = call(lambda value: value, sign * i)
            if result != sign * i:
                wrong.append((sign * i, result))

    threads = [threading.Thread(target=work, args=(sign,), daemon=True) for sign in (1, -1)]
    for thread in threads:
        thread.start()
    yield lambda: wrong or not any(thread.is_alive() for thread in threads)
    check(not wrong, f"a thread got the result of another: {wrong[:1]}")
