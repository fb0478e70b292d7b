"""The Python lane: one thread with an asyncio loop, on which coroutines of ours step and callbacks are called.

The runtime's own threads never take the GIL. What they have to tell waits in a queue of the extension's, whose
file descriptor wakes this loop.
"""

import asyncio
import threading
from typing import Any, Coroutine, Optional, Set

from . import _errors, _log, _silex

_JOIN_SECONDS = 2.0


class Lane:
    """Open until close(); functions may be called on any thread but where they say otherwise."""

    def __init__(self) -> None:
        # Not asyncio.new_event_loop(): a host may have a policy whose loop runs on its main thread alone.
        self.loop = asyncio.SelectorEventLoop()
        self._closing = False
        self._left = False
        self._steps: Set[_Step] = set()
        self._readable = _silex.open_lane()
        self._thread = threading.Thread(target=self._run, name="silex-lane", daemon=True)
        self._thread.start()

    def is_current(self) -> bool:
        return threading.current_thread() is self._thread

    def call_soon(self, function, *args) -> None:
        if self.is_current():
            self.loop.call_soon(function, *args)
        else:
            self.loop.call_soon_threadsafe(function, *args)

    def run(self, coroutine: Coroutine, name: str) -> "_silex.Call":
        """Starts it; the call ends as it does, or with HostGone where the lane ends first."""
        step = _Step(self, coroutine, name)
        self._steps.add(step)
        try:
            self.call_soon(step.start)
        except RuntimeError:  # the loop is closed
            pass
        if self._left:  # whoever left the others behind may not have seen this one
            step.leave_behind()
        return step.call

    def ended(self, step: "_Step") -> None:
        self._steps.discard(step)

    def is_closing(self) -> bool:
        return self._closing

    def _leave_behind(self) -> None:
        self._left = True
        for step in list(self._steps):
            step.leave_behind()

    def close(self) -> None:
        """Cancels what runs, and waits for the thread with a bound. Not on the lane."""
        try:
            self.loop.call_soon_threadsafe(self._begin_close)
        except RuntimeError:  # closed already
            return
        self._thread.join(_JOIN_SECONDS)
        if self._thread.is_alive():
            _log.log("a coroutine holds the Python lane, which is left behind", _log.WARNING)
            self._leave_behind()

    def _begin_close(self) -> None:
        self._closing = True
        _silex.drain_lane()
        tasks = asyncio.all_tasks(self.loop)
        for task in tasks:
            task.cancel()
        self.loop.create_task(self._end(tasks))

    async def _end(self, tasks) -> None:
        if tasks:
            await asyncio.wait(tasks, timeout=_JOIN_SECONDS / 2)
        self.loop.stop()

    def _run(self) -> None:
        _silex.enter_lane()
        loop = self.loop
        loop.add_reader(self._readable, _silex.drain_lane)
        loop.set_exception_handler(_handle)
        while True:
            try:
                loop.run_forever()
            except BaseException as exception:  # SystemExit in a coroutine: asyncio lets it out
                _log.report(exception, "a coroutine on the Python lane asked to exit; the lane goes on")
                continue
            if self._closing:
                break
        self._leave_behind()
        loop.remove_reader(self._readable)
        _silex.close_lane(self._readable)
        _silex.drain_lane()
        loop.close()


class _Step:
    """One coroutine on the lane, and the call that stands for it."""

    def __init__(self, lane: Lane, coroutine: Coroutine, name: str) -> None:
        self._lane = lane
        self._waiting = [coroutine]  # until it starts; whoever pops it has it
        self._name = name
        self._task: Optional[asyncio.Task] = None
        self._cancelled = False
        self.call = _silex.make_call(name, self.cancel)

    def start(self) -> None:
        if self._lane.is_closing():
            self.leave_behind()
            return
        coroutine = self._take()
        if coroutine is None:
            return
        if self._cancelled:
            coroutine.close()
            self._fail()
            return
        self._task = self._lane.loop.create_task(self._steps(coroutine))
        self._task.add_done_callback(lambda task: self._ended(task, coroutine))

    async def _steps(self, coroutine: Coroutine):
        # A task takes its first step a turn of the loop after it was made, and other steps may hold the lane in
        # between: what was cancelled by then has not begun.
        if self._cancelled:
            raise asyncio.CancelledError
        return await coroutine

    def leave_behind(self) -> None:
        """Any thread: it no longer ends by itself."""
        coroutine = self._take()
        if coroutine is not None:
            coroutine.close()
        self._end_with(_errors.HOST_GONE, "'%s' was left behind: the runtime stopped")

    def cancel(self) -> None:
        self._cancelled = True
        try:
            self._lane.call_soon(self._cancel)
        except RuntimeError:  # the lane is closed, and with it this
            pass

    def _take(self) -> Optional[Coroutine]:
        try:
            return self._waiting.pop()
        except IndexError:
            return None

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _fail(self) -> None:
        self._end_with(_errors.CANCELLED, "'%s' was cancelled")

    def _end_with(self, status: int, sentence: str) -> None:
        self._lane.ended(self)
        _silex.set_failure(self.call, status, sentence % self._name)

    def _ended(self, task: asyncio.Task, coroutine: Coroutine) -> None:
        coroutine.close()  # where it never began
        self._lane.ended(self)
        if task.cancelled():
            self._fail()
            return
        exception = task.exception()
        if exception is None:
            _silex.set_value(self.call, task.result())
        else:
            _silex.set_exception(self.call, exception)


def _handle(_loop, context: Any) -> None:
    exception = context.get("exception")
    message = "on the Python lane: %s" % context.get("message", "an error")
    if exception is not None:
        _log.report(exception, message)
    else:
        _log.log(message, _log.ERROR)


_lane: Optional[Lane] = None
_lock = threading.Lock()
_closed_for_good = False


def opened() -> Lane:
    """The lane, started where it does not run."""
    global _lane
    lane = _lane
    if lane is not None:
        return lane
    with _lock:
        if _closed_for_good:
            raise _errors.make_error(_errors.NOT_RUNNING, "Python is ending: the lane is closed for good", "")
        if _lane is None:
            _lane = Lane()
        return _lane


def loop_of_lane() -> Optional[asyncio.AbstractEventLoop]:
    return _lane.loop if _lane is not None else None


def close(for_good: bool = False) -> None:
    """Ends it. The next opened() starts another one, unless it is for good."""
    global _lane, _closed_for_good
    with _lock:
        lane, _lane = _lane, None
        _closed_for_good = _closed_for_good or for_good
    if lane is not None:
        lane.close()


def forget_after_fork() -> None:
    """In a fork's child: the thread stayed in the parent."""
    global _lane, _lock
    _lane = None
    _lock = threading.Lock()
