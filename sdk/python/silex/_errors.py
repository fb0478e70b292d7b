"""The exceptions of Silex: one shape, a code and a sentence that says what was wrong and what to do."""


class Error(Exception):
    """Something that Silex could not do.

    ``code`` is the name of the C ABI's status, such as ``"SILEX_ERROR_BUSY"``. ``detail`` is what does not fit
    into a sentence: a list of findings, or the traceback of another language; ``""`` if there is none.
    """

    code = "SILEX_ERROR_EXCEPTION"
    detail = ""


class InvalidArgument(Error, ValueError):
    """An argument that no state of the runtime would make right."""


class WrongThread(Error):
    """Called on a thread where it must not be; nothing was done."""


class WouldDeadlock(Error):
    """A wait that could never end was refused."""


class HostGone(Error):
    """The host quit, the runtime stopped, or nobody pumps a batch host; ``code`` tells which."""


class NotRunning(HostGone):
    """Silex is not started, or stopped already."""


class Cancelled(Error):
    """Cancelled. Raise it yourself from a function that saw ``silex.stop_requested()``."""


class TimedOut(Error, TimeoutError):
    """A timeout passed."""


class Busy(Error):
    """Still in use, or too much is waiting; nothing was done."""


class NotFound(Error, LookupError):
    """There is no such thing: it ended already, or never was."""


_CODES = {
    1: ("SILEX_ERROR_INVALID_ARGUMENT", InvalidArgument),
    2: ("SILEX_ERROR_WRONG_THREAD", WrongThread),
    3: ("SILEX_ERROR_WOULD_DEADLOCK", WouldDeadlock),
    4: ("SILEX_ERROR_NOT_RUNNING", NotRunning),
    5: ("SILEX_ERROR_HOST_GONE", HostGone),
    6: ("SILEX_ERROR_CANCELLED", Cancelled),
    7: ("SILEX_ERROR_TIMED_OUT", TimedOut),
    8: ("SILEX_ERROR_EXCEPTION", Error),
    9: ("SILEX_ERROR_QUEUE_FULL", Busy),
    10: ("SILEX_ERROR_NOT_FOUND", NotFound),
    11: ("SILEX_ERROR_NO_PUMP", HostGone),
    12: ("SILEX_ERROR_NO_HOST", NotFound),
    13: ("SILEX_ERROR_BUSY", Busy),
    14: ("SILEX_ERROR_FORKED", HostGone),
    32: ("SILEX_ERROR_FILE_NOT_FOUND", NotFound),
    43: ("SILEX_ERROR_PLUGIN_BUSY", Busy),
}

WRONG_THREAD = 2
NOT_RUNNING = 4
HOST_GONE = 5
CANCELLED = 6


# What sentences of the C ABI advise to call.
_CALLED_HERE = {"silex_runtime_start()": "silex.start()", "silex_pump_until()": "silex.pump_until()"}


def make_error(status: int, message: str, detail: str) -> Error:
    """The exception that stands for a status of the C ABI."""
    from . import _life, _silex

    name, kind = _CODES.get(status) or (_silex.status_name(status), Error)
    for theirs, ours in _CALLED_HERE.items():
        message = message.replace(theirs, ours)
    error = kind(message)
    error.code = name
    error.detail = detail
    failure_of = _life.of_loaded("_command", "failure_of") if detail else None
    if failure_of is not None:
        error.__cause__ = failure_of(detail)
    return error
