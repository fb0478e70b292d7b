"""A stand-in for the package `silex`, in which a test says what runs. `silex.dropin` and `silex.panel` are the real ones."""

import os
from types import SimpleNamespace

__version__ = "0.0.1"
__path__.append(os.environ["SILEX_TEST_PYTHON"])  # sdk/python/silex


class State:
    """What a test sets and looks at."""

    def __init__(self):
        self.running = False
        self.starts = 0
        self.stops = 0
        self.refuse = None  # the exception with which start() fails
        self.connection = "off"
        self.url = "ws://127.0.0.1:5118"
        self.message = ""
        self.last_warning = ""
        self.actions = []


state = State()


class Action(SimpleNamespace):
    """A running action."""

    def __init__(self, uuid, label, status="processing", progress=None):
        super().__init__(uuid=uuid, name="name of " + label, label=label, status=status, progress=progress)
        self.cancelled = 0

    def cancel(self):
        self.cancelled += 1


def start(*_arguments, **_options):
    state.starts += 1
    if state.refuse:
        raise state.refuse
    state.running = True


def stop():
    state.stops += 1
    state.running = False


def is_running():
    return state.running


def actions():
    return list(state.actions)


def status():
    return SimpleNamespace(
        connection=state.connection,
        message=state.message,
        url=state.url,
        host="test",
        actions=list(state.actions),
        last_warning=state.last_warning,
    )
