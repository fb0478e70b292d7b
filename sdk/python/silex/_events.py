"""Events to and from the service."""

from . import _json, _silex


def on(event, fn, nsp="/dcc/action"):
    """See silex.on()."""
    if fn is None:
        _silex.listen(nsp, event, None)
        return
    if not callable(fn):
        raise TypeError("%r can't be called: pass a function, or None to stop listening" % (fn,))
    from . import _lane

    _lane.opened()

    def listener(arguments: str) -> str:
        answer = fn(*_json.read(arguments))
        return _json.write([] if answer is None else [answer])

    _silex.listen(nsp, event, listener)


def emit(nsp, event, *args, timeout=None):
    """See silex.emit()."""
    return _silex.emit(nsp, event, _json.write(list(args)), timeout)
