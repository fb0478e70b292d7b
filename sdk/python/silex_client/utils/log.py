"""The client's logger: what is written there goes to the runtime's log."""

import logging

import silex as _silex
from silex import _log


class _ToRuntime(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        try:
            level = min(max(record.levelno // 10 - 1, 0), 4)
            _log.log(self.format(record), level)
        except Exception:
            self.handleError(record)


logger = logging.getLogger("silex")
if not any(isinstance(handler, _ToRuntime) for handler in logger.handlers):
    logger.addHandler(_ToRuntime())
    logger.setLevel(logging.DEBUG)
    logger.propagate = False


class CommandLogger(logging.Logger):
    """What a command is given: each line is seen by the users of its action."""

    def __init__(self, context) -> None:
        super().__init__("silex.command", logging.DEBUG)
        self._context = context
        self.propagate = False

    def handle(self, record: logging.LogRecord) -> None:
        text = logging.Formatter().format(record)
        self._context.log(text, _LEVELS[min(max(record.levelno // 10 - 1, 0), 4)])


_LEVELS = ("debug", "info", "warning", "error", "critical")
del _silex
