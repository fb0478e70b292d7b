"""`import silex` in a host: what each host's scenario of it awaits."""

import os
import sys

import embedded

sys.path.insert(0, os.environ["SILEX_PYTHON"])
import silex  # noqa: E402

ran = []  # of each call of what noted() gave: whether it was on the main thread


def noted(ask):
    def asks():
        ran.append(embedded.is_main_thread())
        return ask()

    return asks


def fails():
    raise ValueError("a command that fails")


async def tool(ask):
    """What the host answers, whether a worker is the main thread, what a call that fails said."""
    answer = await silex.defer(ask)
    on_worker = await silex.worker(embedded.is_main_thread)
    try:
        await silex.defer(fails)
    except ValueError as error:
        return answer, on_worker, str(error)


async def chain(count, ask):
    for _ in range(count):
        await silex.defer(ask)
