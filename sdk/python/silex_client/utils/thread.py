"""Functions that block, beside the coroutines."""

from typing import Any, Callable

import silex


async def execute_in_thread(function: Callable, *args, **kwargs) -> Any:
    """Runs it on a worker of the runtime's, and waits for its result."""
    return await silex.worker(function, *args, **kwargs)


async def execute_in_main_thread(function: Callable, *args, **kwargs) -> Any:
    """Runs it on the host's main thread, and waits for its result."""
    return await silex.defer(function, *args, **kwargs)
