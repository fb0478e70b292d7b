"""Functions that block, beside the coroutines."""

import asyncio
import concurrent.futures
from typing import Any, Callable

import silex


class ExecutionInThread:
    """Runs functions elsewhere, and waits for their results: ``await execute_in_thread(function, *args)``.

    It takes workers of the runtime's. Packages for hosts derive from it, and hand what they are given to the host.
    """

    def execute_wrapped_function(self, wrapped_function: Callable[[], None]) -> None:
        """Has wrapped_function() called once, on any thread, now or later; it raises nothing."""
        silex.worker(wrapped_function)

    async def __call__(self, function: Callable, *args, **kwargs) -> Any:
        if type(self).execute_wrapped_function is ExecutionInThread.execute_wrapped_function:
            return await silex.worker(function, *args, **kwargs)
        ended: concurrent.futures.Future = concurrent.futures.Future()

        def wrapped_function() -> None:
            if not ended.set_running_or_notify_cancel():  # nobody waits any more
                return
            try:
                value = function(*args, **kwargs)
            except BaseException as exception:
                ended.set_exception(exception)
            else:
                ended.set_result(value)

        self.execute_wrapped_function(wrapped_function)
        return await asyncio.wrap_future(ended)


execute_in_thread = ExecutionInThread()


async def execute_in_main_thread(function: Callable, *args, **kwargs) -> Any:
    """Runs it on the host's main thread, and waits for its result."""
    return await silex.defer(function, *args, **kwargs)
