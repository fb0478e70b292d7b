"""The runtime's log, and what is written there of exceptions that nobody else hears of."""

import sys

from . import _silex

DEBUG, INFO, WARNING, ERROR, CRITICAL = range(5)


def plain(text: str) -> str:
    """What C can read as UTF-8 text: 0 is escaped, and halves of surrogate pairs, which os.fsdecode() makes, are."""
    return text.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()


def log(message: str, level: int = INFO) -> None:
    """Write a line to the runtime's log. Any thread; never raises."""
    try:
        _silex.log(level, plain(message))
    except Exception:  # a message that is no text, say
        _silex.log(level, ascii(message))


def traceback_of(exception: BaseException) -> str:
    """An exception with its traceback, as Python prints it."""
    import traceback

    try:
        return "".join(traceback.format_exception(type(exception), exception, exception.__traceback__))
    except Exception as second:  # its __str__ raises
        return "%s, and no traceback can be made of it: %r" % (type(exception).__name__, second)


def report(exception: BaseException, what: str) -> None:
    """Write an exception that nobody can be told of to the log."""
    log("%s\n%s" % (what, traceback_of(exception).rstrip()), ERROR)


_former_hook = None


def _unraisable(unraisable) -> None:
    # What __del__() and the like raise: Python prints it to wherever sys.stderr goes, which in a host is often
    # nowhere.
    try:
        if unraisable.exc_value is not None:
            report(unraisable.exc_value, "%s %r" % (unraisable.err_msg or "an exception was ignored in", unraisable.object))
    finally:
        hook = _former_hook or sys.__unraisablehook__
        if hook is not sys.__unraisablehook__:
            hook(unraisable)


def watch_unraisable() -> None:
    """From now on exceptions in destructors are written to the log, too."""
    global _former_hook
    if sys.unraisablehook is not _unraisable:
        _former_hook = sys.unraisablehook
        sys.unraisablehook = _unraisable


def forget_unraisable() -> None:
    """Undoes watch_unraisable(), unless somebody put another hook over it."""
    global _former_hook
    if sys.unraisablehook is _unraisable:
        sys.unraisablehook = _former_hook
        _former_hook = None
