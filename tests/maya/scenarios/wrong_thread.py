"""The runtime is started on a thread that does not run Maya: refused with a sentence, and nothing is left."""

import threading

import embedded
import maya_host
import probe

said = []


def start():
    try:
        probe.Probe().start()
    except RuntimeError as error:
        said.append(str(error))


def scenario():
    thread = threading.Thread(target=start)
    thread.start()
    yield lambda: not thread.is_alive()
    assert "start it on the main thread" in said[0], said
    assert not maya_host.callbacks and len(maya_host.idle_queue) == 0
    embedded.quit("finalize")
