"""Start, stop, and the ways in which Python ends."""

import atexit
import os
import sys
import threading

from . import _errors, _log, _silex

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_action_roots = None


def start(url=None, *, adapter=None, actions=None, config=None, context=None) -> None:
    global _action_roots
    if _silex.is_running():
        return
    if url is None:
        # As the configuration says, in which the variable comes first; without either there is no connection.
        url = os.environ.get("SILEX_SERVICE_URL")
        if url is None and config is None and not os.environ.get("SILEX_CONFIG"):
            url = ""
    if context is None:
        context = _context_of_environment()
    elif not isinstance(context, dict):
        raise _errors.InvalidArgument("the context of silex.start() is %r; allowed: a dict, or None" % (context,))
    text = None
    if context is not None:
        from . import _json

        text = _json.write(context)
    _action_roots = _joined(actions)  # before users may launch some
    started = _silex.start(
        url=url,
        adapter=adapter,
        adapter_path=_adapter_path(),
        config=os.fspath(config) if config is not None else None,
        context=text,
    )
    if not started:
        return
    try:
        _log.watch_unraisable()
        _end_early()
        open_lane = of_loaded("_command", "open_lane_for_commands")
        if open_lane is not None:
            open_lane()
    except BaseException:
        stop()
        raise


def of_loaded(module, function):
    """A function of one of our modules that are imported only when they are needed; None before that.

    Another thread may be importing it just now, and have come halfway: then nothing was done with it either.
    """
    return getattr(sys.modules.get(__package__ + "." + module), function, None)


def action_roots():
    """Where definitions of actions are; None: where SILEX_ACTION_CONFIG says."""
    return _action_roots


def _context_of_environment():
    text = os.environ.get("SILEX_CONTEXT")
    if not text:
        return None
    from . import _json

    try:
        context = _json.read(text)
        why = "it is a %s" % type(context).__name__
    except ValueError as error:
        context, why = None, str(error)
    if not isinstance(context, dict):
        raise _errors.InvalidArgument(
            'the variable SILEX_CONTEXT is no JSON object, such as {"project": "north"}: %s' % why
        )
    return context


def _joined(actions):
    if actions is None:
        return None
    if isinstance(actions, (str, os.PathLike)):
        return os.fspath(actions)
    return os.pathsep.join(os.fspath(folder) for folder in actions)


def _adapter_path() -> str:
    folders = [os.environ.get("SILEX_ADAPTER_PATH"), os.path.join(_FOLDER, "lib")]
    return os.pathsep.join(folder for folder in folders if folder)


def stop() -> None:
    _silex.stop()
    forget_launched = of_loaded("_action", "forget_launched")
    if forget_launched is not None:
        forget_launched()
    _close_lane()
    _log.forget_unraisable()


def _close_lane(for_good=False) -> None:
    close = of_loaded("_lane", "close")
    if close is not None:
        close(for_good)


def _exit() -> None:
    # Each of them, though the one before fails: this is the last occasion.
    for step in (_silex.stop, lambda: _close_lane(True), _log.forget_unraisable, _silex.finalize):
        try:
            step()
        except Exception as exception:
            _log.report(exception, "while Python ends")


def _end_early() -> None:
    # Python waits for its threads before atexit, for ever where one of them waits for the main thread; what is
    # registered here runs before that wait, the latest first. concurrent.futures uses the same way.
    register = getattr(threading, "_register_atexit", None)
    if register is not None:
        try:
            register(_exit)
        except RuntimeError:  # Python is ending already
            pass


def _forked() -> None:
    _silex.after_fork()
    forget_lane = of_loaded("_lane", "forget_after_fork")
    if forget_lane is not None:
        forget_lane()
    _log.forget_unraisable()


atexit.register(_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)
