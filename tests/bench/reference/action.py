"""The same work as bench_action in plain Python: action.py DEFINITIONS_FOLDER COUNT ACTIONS_AT_ONCE

A progress update copies the whole tree and compares it with the last copy; a deferred call goes to a queue that the
main thread waits on; definitions are read with python3-yaml. Prints a line of JSON.
"""
import asyncio
import copy
import json
import pathlib
import queue
import sys
import threading
import time

import yaml


def action_of(commands):
    return {"uuid": "action", "steps": {
        f"step{step}": {"name": f"step{step}", "status": 1, "commands": {
            f"command{number}": {"name": f"command{number}", "status": 1, "progress": None, "logs": [],
                                 "parameters": {f"parameter{of}": {"value": "value", "type": {"name": "str"}}
                                                for of in range(3)}}
            for number in range(10)}}
        for step in range(commands // 10)}}


def difference(before, after):
    """What differs, nested."""
    diff = {}
    for key, value in after.items():
        if key not in before:
            diff[key] = value
        elif isinstance(value, dict) and isinstance(before[key], dict):
            nested = difference(before[key], value)
            if nested:
                diff[key] = nested
        elif value != before[key]:
            diff[key] = value
    return diff


class Action:
    def __init__(self, commands):
        self.tree = action_of(commands)
        self.last = copy.deepcopy(self.tree)

    def update(self):
        now = copy.deepcopy(self.tree)
        diff = difference(self.last, now)
        self.last = now
        return json.dumps(diff)


def update_cost(commands, updates):
    action = Action(commands)
    begin = time.perf_counter()
    for update in range(updates):
        step = action.tree["steps"][f"step{update * 7 % (commands // 10)}"]
        step["commands"][f"command{update % 10}"]["progress"] = update % 100 + 1
        assert action.update()
    return (time.perf_counter() - begin) / updates * 1e6


def at_once(count):
    """So many actions of ten commands, with a deferred call for each."""
    calls = queue.SimpleQueue()

    async def run():
        loop = asyncio.get_running_loop()

        async def defer(function):
            future = loop.create_future()
            calls.put(lambda: loop.call_soon_threadsafe(future.set_result, function()))
            return await future

        async def one():
            action = Action(10)
            for number in range(10):
                command = action.tree["steps"]["step0"]["commands"][f"command{number}"]
                command["status"] = 3
                action.update()
                command["output"] = await defer(lambda: 1)
                command["status"] = 0
                action.update()

        await asyncio.gather(*[one() for _ in range(count)])
        calls.put(None)

    begin = time.perf_counter()
    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    for call in iter(calls.get, None):
        call()
    thread.join()
    return time.perf_counter() - begin


def load(folder, count):
    class Loader(yaml.SafeLoader):
        pass

    def merge(into, other):
        for key, value in other.items():
            if isinstance(value, dict) and isinstance(into.get(key), dict):
                merge(into[key], value)
            else:
                into[key] = value
        return into

    def read(name):
        return yaml.load((folder / "action" / f"{name}.yml").read_text(), Loader)[name]

    def inherit(loader, node):
        mapping = loader.construct_mapping(node, deep=True)
        return merge(read(mapping.pop("parent").lstrip(".")), mapping)

    Loader.add_constructor("!inherit", inherit)
    begin = time.perf_counter()
    for number in range(count):
        assert len(read(f"d{number}")["steps"]) == 5
    return time.perf_counter() - begin


def main():
    folder, count, actions = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    figures = {f"update_{commands}": update_cost(commands, max(5, 10_000 // commands))
               for commands in (10, 100, 1000, 10_000)}
    figures["at_once"] = at_once(actions)
    # A tenth of them is enough to see how long all take.
    some = max(1, count // 10)
    figures["load"] = load(folder, some) * count / some
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
