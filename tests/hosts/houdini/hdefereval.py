"""A stand-in for SideFX's `hdefereval`, after what was read in it: its callback is registered on demand from the
caller's thread, a blocking call waits without asking which thread it is on, and results pass through globals."""

import threading

import embedded
import hou

if not hou.isUIAvailable():
    raise ImportError("hdefereval is only available with a graphical interface")

_WATCHDOG = 2.0  # seconds: the real one waits for ever

_queue = []
_condition = threading.Condition()
_active_callback = None
_last_result = None
_last_exc_info = None


def executeDeferred(code, *args, **kwargs):
    _queueDeferred(code, args, kwargs, block=False)


def executeDeferredAfterWaiting(code, num_waits, *args, **kwargs):
    _queueDeferred(code, args, kwargs, block=False, num_waits=num_waits)


def executeInMainThreadWithResult(code, *args, **kwargs):
    return _queueDeferred(code, args, kwargs, block=True)


execute_in_main_thread_with_result = executeInMainThreadWithResult


def _queueDeferred(code, args, kwargs, block, num_waits=0):
    global _active_callback
    with _condition:
        if _active_callback is None:
            _active_callback = _processDeferred
            # Not hou.ui's own: that the real one does it off the main thread does not make it documented.
            with hou._hom_lock:
                hou.ui._callbacks.append(_active_callback)
        _queue.append((code, block, num_waits, args, kwargs))
        if not block:
            return None
        if not _condition.wait(_WATCHDOG) and embedded.is_main_thread():
            embedded.fatal("hdefereval.executeInMainThreadWithResult() on the main thread waits for itself")
        if _last_exc_info is not None:
            raise _last_exc_info
        return _last_result


def _processDeferred():
    """Once per tick: what is in the queue. Whoever waits reads the globals when it gets to run again, by when they
    may be those of the next one."""
    global _active_callback
    with _condition:
        if not _queue:
            hou.ui.removeEventLoopCallback(_active_callback)
            _active_callback = None
            return
        for code, block, num_waits, args, kwargs in [_queue.pop(0) for _ in range(len(_queue))]:
            if num_waits > 0:
                _queue.append((code, block, num_waits - 1, args, kwargs))
            else:
                _run(code, block, args, kwargs)


def _run(code, block, args, kwargs):
    global _last_result, _last_exc_info
    result, error = None, None
    try:
        result = code(*args, **kwargs)
    except Exception as raised:
        error = raised
    if block:
        _last_result, _last_exc_info = result, error
        _condition.notify()
