"""A deferred call opens a modal dialog, which a later call closes: the queue goes on behind the dialog."""

import embedded
import maya_host
import probe

closed = []


def open_dialog(_index):
    runtime.defer(lambda index: closed.append(index))
    with maya_host.modal_dialog(idle_events=True):
        if not embedded.nested(lambda: closed, 5):
            embedded.fatal("the queue stood still behind the dialog")


def open_dialog_without_idle_events(_index):
    runtime.defer(lambda index: closed.append(index))
    with maya_host.modal_dialog(idle_events=False):
        assert not embedded.nested(lambda: closed, 0.05)


def scenario():
    global runtime
    runtime = probe.Probe().start()
    runtime.defer(open_dialog)
    yield lambda: runtime.told == 2
    assert len(closed) == 1
    # Where the dialog keeps idle events from coming, the call runs after it.
    closed.clear()
    runtime.defer(open_dialog_without_idle_events)
    yield lambda: runtime.told == 4
    assert len(closed) == 1
    embedded.quit("finalize")
