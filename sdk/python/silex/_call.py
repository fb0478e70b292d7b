"""How a call is awaited under asyncio, and made a future of concurrent.futures."""

from . import _errors, _silex


def bound(fn, kwargs):
    """fn with its keyword arguments, under its own name."""
    if not kwargs:
        return fn
    import functools

    return functools.update_wrapper(functools.partial(fn, **kwargs), fn)


def open_lane() -> None:
    from . import _lane

    _lane.opened()


def read_json(text):
    from . import _json

    return _json.read(text)


def run_command(*args):
    from . import _command

    return _command.run_command(*args)


def find_command(path):
    from . import _command

    _command.find_command(path)


def launch(text):
    from . import _action

    _action.launch(text)


def _release(waiter) -> None:
    if not waiter.done():
        waiter.set_result(None)


def _release_elsewhere(where) -> None:
    loop, waiter = where
    try:
        loop.call_soon_threadsafe(_release, waiter)
    except RuntimeError:  # that loop was closed: nobody waits any more
        pass


_modules = None


def _import_modules():
    # Not when silex is imported: asyncio takes its time, and not everybody awaits.
    global _modules
    import asyncio

    from . import _lane

    _modules = asyncio, _lane
    return _modules


def await_call(call):
    """The iterator that `await call` steps. On the lane, or under any running asyncio loop."""
    if not call.done():
        asyncio, lane = _modules or _import_modules()
        loop = asyncio.get_running_loop()
        waiter = loop.create_future()
        if loop is lane.loop_of_lane():
            _silex.add_waiter(call, _release, waiter)
        else:
            _silex.add_waiter(call, _release_elsewhere, (loop, waiter))
        try:
            yield from waiter
        except asyncio.CancelledError:
            call.cancel()
            raise
    return _silex.outcome(call)


_future_type = None


def make_future(call):
    """A concurrent.futures.Future that ends as the call does."""
    global _future_type
    if _future_type is None:
        _future_type = _make_future_type()
    future = _future_type()
    future.call = call
    _silex.add_waiter(call, future.call_ended, call)
    return future


def _make_future_type():
    import threading
    from concurrent.futures import Future, InvalidStateError

    class CallFuture(Future):
        """Cancelling it withdraws the call, and whoever waits for it goes on at once."""

        call = None

        def __init__(self):
            super().__init__()
            self._notified = threading.Lock()

        def cancel(self) -> bool:
            if self.cancelled():
                return True
            self.call.cancel()
            if not super().cancel():
                return False
            # Whoever cancels it, and the lane that hears that the call has ended: one of them.
            if self._notified.acquire(blocking=False):
                self.set_running_or_notify_cancel()
            return True

        def call_ended(self, call) -> None:
            try:
                value = _silex.outcome(call)
            except _errors.Cancelled:
                self.cancel()
            except BaseException as exception:
                self._set(self.set_exception, exception)
            else:
                self._set(self.set_result, value)

        @staticmethod
        def _set(setter, what) -> None:
            try:
                setter(what)
            except InvalidStateError:  # it was cancelled meanwhile
                pass

    return CallFuture
