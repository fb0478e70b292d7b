"""Events to and from the service."""

import inspect

from . import _errors, _json, _log, _silex


def on(event, fn, nsp="/dcc/action"):
    """See silex.on()."""
    if fn is None:
        _silex.listen(nsp, event, None)
        return
    if not callable(fn):
        raise TypeError("%r can't be called: pass a function, or None to stop listening" % (fn,))
    from . import _lane

    lane = _lane.opened()

    def listener(incoming, arguments: str) -> None:
        answer = fn(*_json.read(arguments))
        if inspect.iscoroutine(answer):
            call = lane.run(answer, "who listens to %r" % event)
            call.add_done_callback(lambda call: _answered_late(incoming, call))
        else:
            _answer(incoming, answer)

    _silex.listen(nsp, event, listener)


def _answer(incoming, answer) -> None:
    _silex.reply(incoming, _json.write([] if answer is None else [answer]))


def _answered_late(incoming, call) -> None:
    try:
        _answer(incoming, call.result())
    except (_errors.Cancelled, _errors.HostGone):  # silex stops
        pass
    except BaseException as exception:
        _log.report(exception, "%s raised" % call.name)


def emit(nsp, event, *args, timeout=None):
    """See silex.emit()."""
    return _silex.emit(nsp, event, _json.write(list(args)), timeout)
