"""What the tests share: a started silex, its log, and conditions that are waited for with a bound."""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import silex

BOUND = 30.0  # seconds; reached only where something hangs


class Started(unittest.TestCase):
    """silex runs, in no host: whoever waits on the main thread pumps."""

    def setUp(self):
        silex.start(url="")
        self.addCleanup(silex.stop)


def pump(predicate):
    """Runs deferred calls until it is true."""
    silex.pump_until(predicate, BOUND)


def result(call):
    return call.result(BOUND)


class Beside(threading.Thread):
    """Runs a function on a Python thread of its own; outcome() pumps until it has ended."""

    def __init__(self, function):
        super().__init__(daemon=True)
        self._function = function
        self._outcome = None
        self.start()

    def run(self):
        try:
            self._outcome = (self._function(), None)
        except BaseException as exception:
            self._outcome = (None, exception)

    def outcome(self, pumps=True):
        if pumps:
            pump(lambda: not self.is_alive())
        else:
            self.join(BOUND)
            assert not self.is_alive(), "the thread hangs"
        value, exception = self._outcome
        if exception is not None:
            raise exception
        return value


@contextlib.contextmanager
def log():
    """What is written to standard error, by the runtime too, as a function that returns it so far."""
    sys.stderr.flush()
    with tempfile.TemporaryFile() as file:
        kept = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            yield lambda: os.pread(file.fileno(), 1 << 20, 0).decode()
        finally:
            sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)


def until(predicate, what):
    """Waits without pumping."""
    end = time.monotonic() + BOUND
    while not predicate():
        assert time.monotonic() < end, "it never came to be that " + what
        time.sleep(0.002)


def python(script, *arguments, **environment):
    """Runs a script in a Python of its own. Returns (status, output, errors)."""
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        timeout=BOUND * 2,
        env={**os.environ, **environment},
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr


def definitions(test, **actions):
    """Writes definitions of actions; returns the folder to name as their root."""
    folder = tempfile.TemporaryDirectory()
    test.addCleanup(folder.cleanup)
    os.mkdir(os.path.join(folder.name, "action"))
    for name, text in actions.items():
        with open(os.path.join(folder.name, "action", name + ".yml"), "w") as file:
            file.write(text)
    return folder.name
