"""maya.cmds: on the main thread alone. scriptJob's idle events burn the main thread."""

import threading

import embedded
import maya_host
from maya import cmds

raised = []


def off_main():
    for command in (cmds.about, cmds.evalDeferred, cmds.scriptJob, cmds.flushIdleQueue):
        try:
            command()
        except RuntimeError:
            raised.append(command.__name__)


def scenario():
    assert cmds.about(version=True) == "2024"
    assert cmds.about(batch=True) is False
    thread = threading.Thread(target=off_main)
    thread.start()
    yield lambda: not thread.is_alive()
    assert raised == ["about", "evalDeferred", "scriptJob", "flushIdleQueue"]

    job = cmds.scriptJob(idleEvent=lambda: None)
    yield 50
    assert maya_host.idle_job_calls == 50
    cmds.scriptJob(kill=job)
    yield 5
    assert maya_host.idle_job_calls == 50
    embedded.quit("finalize")
