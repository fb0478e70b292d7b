"""Maya's idle queue: what waits for the main thread to be idle, in three priorities.

HOSTS.md, sections 1 and 6: it is drained on the main thread alone, by an idle event; in batch there are none; what
waits when Maya exits is dropped. What Maya does not document (order within a priority, what becomes of an exception)
is the simplest here: first in, first out; printed and dropped.
"""

import collections
import threading
import traceback

import embedded

EVALUATE_NEXT, NORMAL, LOWEST = range(3)


class IdleQueue:
    def __init__(self):
        self._lock = threading.Lock()
        self._waiting = [collections.deque() for _ in (EVALUATE_NEXT, NORMAL, LOWEST)]
        self.closed = False  # inside initializePlugin
        self.frozen = False  # a modal dialog that keeps idle events from coming

    def add(self, priority, function):
        if self.closed and not embedded.is_main_thread():
            # Seen with Maya 2022 and 2023: the thread waits inside Maya with the GIL in its hand, and the main
            # thread, which would let it go on, waits for the GIL.
            embedded.fatal("deadlock: the idle queue is asked from another thread while a plug-in initialises")
        with self._lock:
            self._waiting[priority].append(function)
        embedded.post()

    def go_idle(self):
        """One idle event: runs what waits, in order of priority; what comes meanwhile waits for the next one."""
        if self.frozen:
            return
        with self._lock:
            due = [*self._waiting[EVALUATE_NEXT], *self._waiting[NORMAL]]
            self._waiting[EVALUATE_NEXT].clear()
            self._waiting[NORMAL].clear()
            if not due:  # the lowest priority: when no other idle events are scheduled
                due = list(self._waiting[LOWEST])
                self._waiting[LOWEST].clear()
            more = any(self._waiting)
        for function in due:
            self._run(function)
        if more:
            embedded.post()

    @staticmethod
    def _run(function):
        try:
            function()
        except Exception:
            traceback.print_exc()

    def drop(self):
        with self._lock:
            for waiting in self._waiting:
                waiting.clear()

    def __len__(self):
        with self._lock:
            return sum(map(len, self._waiting))


def call_of(code, arguments, keywords):
    """What Maya's functions take: a string to be executed in __main__, or a callable with its arguments."""
    if callable(code):
        return lambda: code(*arguments, **keywords)
    import __main__

    return lambda: exec(compile(code, "<maya idle>", "exec"), vars(__main__))
