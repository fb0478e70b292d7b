"""The pattern that Silex replaces: wrap a call, queue it for the host's main loop, set a future back.

What `executeDeferred` and asyncio do together: the main thread waits on a condition and runs what is queued;
an asyncio loop in a second thread awaits each result. Prints one line of JSON: calls per second, the median
round trip in microseconds, and how long it takes to tell whoever waits when the host goes.
"""
import asyncio
import collections
import json
import statistics
import sys
import threading
import time


class MainLoop:
    """A host's main loop with an idle queue."""

    def __init__(self):
        self._calls = collections.deque()
        self._arrived = threading.Condition()
        self._running = True

    def execute_deferred(self, function):
        with self._arrived:
            self._calls.append(function)
            self._arrived.notify()

    def run(self):
        while True:
            with self._arrived:
                while not self._calls and self._running:
                    self._arrived.wait()
                if not self._calls:
                    return
                function = self._calls.popleft()
            function()

    def stop(self):
        with self._arrived:
            self._running = False
            self._arrived.notify()


def main_thread(host, loop, function):
    future = loop.create_future()

    def call():
        try:
            result = function()
        except Exception as error:  # pylint: disable=broad-except
            loop.call_soon_threadsafe(future.set_exception, error)
        else:
            loop.call_soon_threadsafe(future.set_result, result)

    host.execute_deferred(call)
    return future


async def sequential(host, count):
    loop = asyncio.get_running_loop()
    times = []
    for i in range(count):
        begin = time.perf_counter()
        assert await main_thread(host, loop, lambda i=i: i) == i
        times.append(time.perf_counter() - begin)
    return times


async def burst(host, count):
    """All calls outstanding at once, each awaited by a coroutine of its own, as in bench_defer.cpp."""
    loop = asyncio.get_running_loop()

    async def one(value):
        return await main_thread(host, loop, lambda: value)

    begin = time.perf_counter()
    results = await asyncio.gather(*[one(i) for i in range(count)])
    assert sum(results) == count * (count - 1) // 2
    return time.perf_counter() - begin


async def give_up(count):
    """The host goes with that many calls pending: until each that awaits one has been told, in seconds."""
    loop = asyncio.get_running_loop()
    host = MainLoop()  # which nobody runs

    async def one():
        await main_thread(host, loop, lambda: None)

    calls = [asyncio.ensure_future(one()) for _ in range(count)]
    await asyncio.sleep(0)  # each has asked
    begin = time.perf_counter()
    for call in calls:
        call.cancel()
    told = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(error, asyncio.CancelledError) for error in told)
    return time.perf_counter() - begin


def measure(host, figures, sequential_calls, burst_calls):
    async def run():
        figures["give_up_us"] = await give_up(100_000) * 1e6
        times = await sequential(host, sequential_calls)
        figures["sequential_us"] = statistics.median(times) * 1e6
        figures["burst_per_second"] = burst_calls / await burst(host, burst_calls)

    try:
        asyncio.run(run())
    finally:
        host.stop()


def main():
    sequential_calls = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    burst_calls = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    host = MainLoop()
    figures = {}
    thread = threading.Thread(target=measure, args=(host, figures, sequential_calls, burst_calls))
    thread.start()
    host.run()
    thread.join()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
