"""Stopped and started again in one Maya, then unloaded: nothing of the adapter stays mapped."""

import embedded
import maya_host
import probe


def is_mapped():
    with open("/proc/self/maps", encoding="utf-8") as maps:
        return "silex_adapter_maya" in maps.read()


def scenario():
    runtime = probe.Probe()
    for round in range(1, 6):
        runtime.start()
        runtime.defer(None, 100)
        yield lambda: runtime.told == 100 * round
        yield lambda: len(maya_host.idle_queue) == 0
        runtime.stop()
    assert is_mapped()
    runtime.destroy()
    assert not is_mapped(), "the adapter was not unloaded"
    embedded.quit("finalize")
