"""The plug-in is loaded twice, under two names: both runtimes serve their calls, and end one by one."""

import embedded
import maya_host
import probe


def scenario():
    runtimes = [probe.Probe().start() for _ in range(2)]
    runtimes[0].start()  # a second start does nothing
    for round in range(1, 4):
        for runtime in runtimes:
            runtime.defer(None, 10)
        yield lambda: all(runtime.told == 10 * round for runtime in runtimes)
    assert len(maya_host.callbacks) == 2
    runtimes[0].destroy()
    assert len(maya_host.callbacks) == 1
    runtimes[1].defer(None, 10)
    yield lambda: runtimes[1].told == 40
    runtimes[1].destroy()
    assert not maya_host.callbacks
    yield 3
    embedded.quit("finalize")
