"""The measurements of bench_net.cpp with python-socketio. Prints one JSON object."""
import asyncio
import json
import resource
import sys
import time

import socketio


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def main():
    client = socketio.AsyncClient(reconnection=False)
    await client.connect(sys.argv[1], transports=["websocket"])

    async def emit(payload):
        done = asyncio.get_running_loop().create_future()
        await client.emit("e", payload, callback=done.set_result)
        await done

    async def in_flight(count, window, payload):
        issued = 0

        async def lane():
            nonlocal issued
            while issued < count:
                issued += 1
                await emit(payload)

        used, start = cpu(), time.perf_counter()
        await asyncio.gather(*(lane() for _ in range(window)))
        return count / (time.perf_counter() - start), cpu() - used

    async def sequential(count, payload):
        times = []
        for _ in range(count):
            start = time.perf_counter()
            await emit(payload)
            times.append(time.perf_counter() - start)
        return sorted(times)[count // 2] * 1e6

    small = {"data": "x" * 200}
    await in_flight(2000, 64, small)
    rate, used = await in_flight(20000, 64, small)
    p50 = await sequential(2000, small)
    await in_flight(50, 16, {"data": "x" * 100000})
    large, _ = await in_flight(500, 16, {"data": "x" * 100000})
    print(json.dumps({"rate": rate, "cpu": used, "p50": p50, "large": large}), flush=True)
    await client.disconnect()


asyncio.run(main())
