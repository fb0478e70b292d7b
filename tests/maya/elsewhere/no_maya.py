"""A process with Python and without Maya: the adapter loads, says no, and is unloaded."""

import sys

import embedded
import probe


def refusal(adapter):
    try:
        probe.Probe(adapter)
    except RuntimeError as error:
        return str(error)
    return "it was not refused"


def scenario():
    assert "asked: 'maya'" in refusal(""), refusal("")
    assert "this process is not Maya" in refusal("maya"), refusal("maya")
    assert not any(name.split(".")[0] == "maya" for name in sys.modules)
    yield
    embedded.quit("finalize")
