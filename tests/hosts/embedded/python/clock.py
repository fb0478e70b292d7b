"""The mock host's clock. Scenarios turn it themselves, so that what depends on time is decided, not waited for."""

import time


class Turning:
    """Goes on by itself only where the host's loop makes a turn: 5 ms each."""

    TURN = 0.005

    def __init__(self):
        self._now = 0.0

    def now(self):
        return self._now

    def turn(self):
        self._now += self.TURN

    def advance(self, seconds):
        self._now += seconds


class Real:
    def now(self):
        return time.monotonic()

    def turn(self):
        pass


_clock = Turning()


def use_real_time():
    global _clock
    _clock = Real()


def now():
    return _clock.now()


def turn():
    _clock.turn()


def advance(seconds):
    """The main thread was busy for so long."""
    _clock.advance(seconds)
