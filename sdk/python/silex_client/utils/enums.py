"""Numbers that commands, pages and services share."""

from enum import IntEnum


class Status(IntEnum):
    COMPLETED = 0
    INITIALIZED = 1
    WAITING_FOR_RESPONSE = 2
    PROCESSING = 3
    INVALID = 4
    ERROR = 5


class Execution(IntEnum):
    PAUSE = 0
    FORWARD = 1
    BACKWARD = 2


class ConflictBehaviour(IntEnum):
    OVERRIDE = 0
    ALWAYS_OVERRIDE = 1
    KEEP_EXISTING = 2
    ALWAYS_KEEP_EXISTING = 3
