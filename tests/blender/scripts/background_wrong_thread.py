"""The runtime is started on a thread that is not Blender's."""

import threading

import probe


def start():
    try:
        probe.start()
    except RuntimeError as error:
        probe.figures["error"] = str(error)


thread = threading.Thread(target=start)
thread.start()
thread.join()
