"""Whoever stops the runtime has the GIL, as a native module may, and the waker waits for it: it is given away."""

import embedded
import probe


def scenario():
    for _ in range(20):
        runtime = probe.Probe().start()
        runtime.defer()
        yield lambda: runtime.told == 1
        embedded.note("stopping with the GIL in hand, while the waker waits for it")
        runtime.defer_and_stop_with_gil()
        assert not runtime.is_running
        runtime.destroy()
    embedded.quit("finalize")
