"""While no calls come, Maya is asked nothing and does nothing for us: idle events that repeat cost a whole core."""

import embedded
import maya_host
import probe


def scenario():
    runtime = probe.Probe().start()
    runtime.defer()
    yield lambda: runtime.told == 1
    yield 2
    asked = len(maya_host.calls)
    yield 50
    assert maya_host.idle_job_calls == 0, f"an idle event called us {maya_host.idle_job_calls} times"
    assert len(maya_host.calls) == asked
    assert len(maya_host.idle_queue) == 0
    embedded.quit("finalize")
