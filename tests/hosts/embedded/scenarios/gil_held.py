"""The main thread holds the GIL for seconds, in one call of C code: the loop's heartbeat goes on, and calls are
deferred meanwhile."""

import os

import embedded
from scene import check, check_order, soon, start  # those of the host

SECONDS = 10 if os.environ.get("SILEX_TEST_LONG") else 3


def scenario():
    probe = start()
    yield 20
    for _attempt in range(3):
        probe.heartbeat_begin()
        # The chain's first call is deferred on the loop's thread while nobody else gets the GIL.
        probe.start_chain(10)
        embedded.hold_gil(SECONDS)
        beat, sleeper = probe.heartbeat_end()
        yield soon(lambda: probe.chain_rate > 0, "calls wait for ever")
        # On a busy machine bad luck may strike just the heartbeat; a fault of ours would every time.
        if beat <= 30 + 2 * sleeper:
            break
    check(beat <= 30 + 2 * sleeper, f"a gap of {beat:.0f} ms while a thread that sleeps had {sleeper:.0f} ms")
    check_order(probe)
