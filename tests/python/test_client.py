"""Commands that were written for the Python client run unchanged, named by their dotted paths."""

import os
import sys
import tempfile
import textwrap
import unittest

import silex
from fixture import BOUND, Started, definitions, python, result, until

# As a studio has it: nothing in it knows of silex.
STUDIO = {
    "export.py": '''
        from __future__ import annotations

        import asyncio
        import logging
        import pathlib
        import typing
        from typing import Any, Dict

        from silex_client.action.command_base import CommandBase
        from silex_client.utils.parameter_types import IntArrayParameterMeta, ListParameterMeta, PathParameterMeta
        from silex_client.utils.parameter_types import RangeParameterMeta, SelectParameterMeta, TextParameterMeta
        from silex_client.utils.thread import execute_in_thread

        if typing.TYPE_CHECKING:
            from silex_client.action.action_query import ActionQuery


        class Export(CommandBase):
            """Writes a file"""

            parameters = {
                "directory": {"label": "Directory", "type": pathlib.Path, "value": None, "tooltip": "Where to"},
                "names": {"label": "Names", "type": ListParameterMeta(str), "value": ["a"]},
                "format": {"label": "Format", "type": SelectParameterMeta("abc", "fbx"), "value": None},
                "frames": {"label": "Frames", "type": IntArrayParameterMeta(2), "value": None},
                "quality": {"label": "Quality", "type": RangeParameterMeta(1, 10), "value": 5, "hide": True},
                "info": {"type": TextParameterMeta("info"), "value": "hello"},
            }

            required_metadata = ["project"]

            @CommandBase.conform_command()
            async def __call__(self, parameters: Dict[str, Any], action_query: ActionQuery, logger: logging.Logger):
                directory: pathlib.Path = parameters["directory"]
                self.written = [directory / f"{name}.{parameters['format']}" for name in parameters["names"]]
                for path in self.written:
                    await execute_in_thread(path.write_text, action_query.context_metadata["project"])
                    logger.info("wrote %s", path.name)
                await asyncio.sleep(0)
                action_query.store["frames"] = parameters["frames"]
                action_query.store["self"] = self
                self.command_buffer.progress = 50
                self.command_buffer.label = "Exported"
                return {"files": self.written, "quality": parameters["quality"]}

            async def undo(self, parameters, action_query, logger):
                for path in self.written:
                    path.unlink()
    ''',
    "check.py": '''
        from silex_client.action.command_base import CommandBase
        from silex_client.utils.parameter_types import AnyParameter, PathParameterMeta, StringParameterMeta
        from silex_client.utils.prompt import prompt_override
        from silex_client.utils.enums import ConflictBehaviour, Status


        class Base(CommandBase):
            parameters = {"files": {"label": "Files", "type": PathParameterMeta(multiple=True), "value": None}}


        class Check(Base):
            parameters = {"suffix": {"label": "Suffix", "type": StringParameterMeta(), "value": ""}}

            @CommandBase.conform_command()
            async def __call__(self, parameters, action_query, logger):
                answer = await prompt_override(self, parameters["files"][0], action_query)
                assert isinstance(answer, ConflictBehaviour)
                return {
                    "suffixes": [path.suffix for path in parameters["files"]],
                    "store": action_query.store["frames"],
                    "same": action_query.store["self"].written == parameters["files"],
                    "others": action_query.store.get("set_elsewhere"),
                    "missing": action_query.store.get("missing", "default"),
                    "answer": answer,
                    "suffix": parameters["suffix"],
                }

            async def setup(self, parameters, action_query, logger):
                self.command_buffer.parameters["suffix"].value = "set up"
                self.command_buffer.parameters["suffix"].hide = True


        class Asks(CommandBase):
            @CommandBase.conform_command()
            async def __call__(self, parameters, action_query, logger):
                return await self.prompt_user(action_query, {"name": {"label": "Name", "type": str, "value": None}})

            async def setup(self, parameters, action_query, logger):
                pass


        class Invalid(CommandBase):
            parameters = {}

            @CommandBase.conform_command()
            async def __call__(self, parameters, action_query, logger):
                self.command_buffer.status = Status.INVALID


        class Raises(CommandBase):
            @CommandBase.conform_command()
            async def __call__(self, parameters, action_query, logger):
                raise RuntimeError("the command's own")


        class Odd:
            pass


        class Gives(CommandBase):
            @CommandBase.conform_command()
            async def __call__(self, parameters, action_query, logger):
                return {"odd": Odd(), "large": 1 << 70, "none": float("nan")}


        class Takes(CommandBase):
            parameters = {"odd": {"type": AnyParameter, "value": None}}

            @CommandBase.conform_command()
            async def __call__(self, parameters, action_query, logger):
                return type(parameters["odd"]).__name__


        class Queries(CommandBase):
            @CommandBase.conform_command()
            async def __call__(self, parameters, action_query, logger):
                action_query.get_command("x")
    ''',
    # The package of a host, whose own queue its main thread works off.
    "host.py": '''
        import collections
        import threading

        from silex_client.action.command_base import CommandBase
        from silex_client.utils.thread import ExecutionInThread, execute_in_thread

        queue = collections.deque()


        class InMainThread(ExecutionInThread):
            @staticmethod
            def execute_wrapped_function(wrapped_function):
                queue.append(wrapped_function)


        class InThread(ExecutionInThread):
            def execute_wrapped_function(self, wrapped_function):
                threading.Thread(target=wrapped_function, name="of the host", daemon=True).start()


        execute_in_main_thread = InMainThread()


        def name_here(prefix, *, end):
            return prefix + threading.current_thread().name + end


        class Threads(CommandBase):
            @CommandBase.conform_command()
            async def __call__(self, parameters, action_query, logger):
                try:
                    await execute_in_main_thread(int, "no number")
                except ValueError as error:
                    assert "no number" in str(error)
                return {
                    "main": await execute_in_main_thread(name_here, "<", end=">"),
                    "own": await InThread()(name_here, "<", end=">"),
                    "worker": await execute_in_thread(name_here, "<", end=">") != await execute_in_main_thread(name_here, "<", end=">"),
                }


        class Waits(CommandBase):
            @CommandBase.conform_command()
            async def __call__(self, parameters, action_query, logger):
                await execute_in_main_thread(queue.append, "it ran")
    ''',
}

PUBLISH = """
publish:
  steps:
    export:
      index: 1
      commands:
        cache: {path: studio_of_test.export.Export, parameters: {directory: DIRECTORY, names: [a, b]}}
    check:
      index: 2
      commands:
        other: {path: silex.SetStoredValue, parameters: {key: set_elsewhere, value: 7}}
        check: {path: studio_of_test.check.Check, parameters: {files: !command-output 'export:cache:files'}}
"""


class Client(Started):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        package = os.path.join(cls.folder.name, "studio_of_test")
        os.mkdir(package)
        open(os.path.join(package, "__init__.py"), "w").close()
        for name, text in STUDIO.items():
            with open(os.path.join(package, name), "w") as file:
                file.write(textwrap.dedent(text))
        sys.path.insert(0, cls.folder.name)
        cls.addClassCleanup(sys.path.remove, cls.folder.name)

    def load(self, batch=False, **actions):
        silex._life._action_roots = definitions(self, **actions)
        self.addCleanup(setattr, silex._life, "_action_roots", None)
        return silex.action(next(iter(actions)), context={"project": "north"}, batch=batch)

    def load_one(self, command):
        return self.load(one="one:\n  steps:\n    s:\n      commands:\n        c: {path: %s}\n" % command)

    def test_a_whole_action(self):
        with tempfile.TemporaryDirectory() as target:
            action = self.load(publish=PUBLISH.replace("DIRECTORY", target))
            call = action.execute()
            until(lambda: action.status == "waiting_for_response", "it asks")
            exported = action.read()["steps"]["export"]["commands"]["cache"]
            self.assertEqual(exported["label"], "Exported")
            self.assertEqual(exported["parameters"]["quality"]["type"]["name"], "range")
            self.assertIn({"level": "INFO", "message": "wrote a.abc"}, exported["logs"])
            action.answer({"check:check:conflict_behaviour": 3})
            outputs = result(call)
            self.assertEqual(
                outputs["export"]["cache"],
                {"files": [os.path.join(target, "a.abc"), os.path.join(target, "b.abc")], "quality": 5},
            )
            self.assertEqual(
                outputs["check"]["check"],
                {
                    "suffixes": [".abc", ".abc"],
                    "store": [0, 0],
                    "same": True,
                    "others": 7,
                    "missing": "default",
                    "answer": 3,
                    "suffix": "set up",
                },
            )
            with open(os.path.join(target, "b.abc")) as file:
                self.assertEqual(file.read(), "north")
            result(action.undo(all=True))
            self.assertEqual(os.listdir(target), [])

    def test_metadata_that_is_missing(self):
        silex._life._action_roots = definitions(self, publish=PUBLISH.replace("DIRECTORY", "/nowhere"))
        self.addCleanup(setattr, silex._life, "_action_roots", None)
        with self.assertRaisesRegex(silex.Error, "project"):
            result(silex.action("publish", context={}).execute())

    def test_an_exception_of_the_command(self):
        with self.assertRaises(silex.Error) as caught:
            result(self.load_one("studio_of_test.check.Raises").execute())
        self.assertIn("the command's own", str(caught.exception))
        self.assertIn("check.py", caught.exception.detail)
        self.assertIsInstance(caught.exception.__cause__, RuntimeError)

    def test_one_with_a_setup_is_cancelled_while_it_asks(self):
        action = self.load_one("studio_of_test.check.Asks")
        call = action.execute()
        until(lambda: action.status == "waiting_for_response", "it asks")
        action.cancel()
        with self.assertRaises(silex.Cancelled):
            result(call)

    def test_a_status_that_the_command_sets(self):
        with self.assertRaisesRegex(silex.Error, "INVALID"):
            result(self.load_one("studio_of_test.check.Invalid").execute())

    def test_any_object_is_an_output(self):
        action = self.load(
            one="one:\n  steps:\n    s:\n      commands:\n        gives: {path: studio_of_test.check.Gives}\n"
            "        takes: {path: studio_of_test.check.Takes, parameters: {odd: !command-output 's:gives:odd'}}\n"
            "        large: {path: studio_of_test.check.Takes, parameters: {odd: !command-output 's:gives:large'}}\n"
            "        none: {path: studio_of_test.check.Takes, parameters: {odd: !command-output 's:gives:none'}}\n"
        )
        outputs = result(action.execute())["s"]
        self.assertEqual((outputs["takes"], outputs["large"], outputs["none"]), ("Odd", "int", "float"))

    def test_a_package_of_a_host_says_where_functions_run(self):
        action = self.load_one("studio_of_test.host.Threads")
        from studio_of_test import host

        call = action.execute()

        def works_off():
            while host.queue:
                host.queue.popleft()()
            return call.done()

        until(works_off, "it has ended")
        self.assertEqual(result(call)["s"]["c"], {"main": "<MainThread>", "own": "<of the host>", "worker": True})

    def test_what_waits_in_the_queue_of_a_host_is_withdrawn(self):
        action = self.load_one("studio_of_test.host.Waits")
        from studio_of_test import host

        call = action.execute()
        until(lambda: host.queue, "it waits")
        call.cancel()
        with self.assertRaises(silex.Cancelled):
            result(call)
        host.queue.popleft()()
        self.assertFalse(host.queue)

    def test_what_is_not_here_says_so(self):
        with self.assertRaises(silex.Error) as caught:
            result(self.load_one("studio_of_test.check.Queries").execute())
        self.assertIn("has no 'get_command'", str(caught.exception))
        with self.assertRaisesRegex(ImportError, "is not in silex's package silex_client"):
            import silex_client.network.websocket  # noqa: F401

    def test_a_path_that_leads_nowhere(self):
        for path in ("studio_of_test.nowhere.Export", "studio_of_test.export.Nothing", "no_such_package.Export"):
            with self.assertRaisesRegex(silex.InvalidArgument, path):
                self.load_one(path)

    def test_action_query_runs_an_action(self):
        from silex_client.action.action_query import ActionQuery

        silex._life._action_roots = definitions(
            self, one="one:\n  steps:\n    s:\n      commands:\n        c: {path: silex.Pass, parameters: {input: 1}}\n"
        )
        self.addCleanup(setattr, silex._life, "_action_roots", None)
        query = ActionQuery("one")
        query.set_parameter("input", 5)
        self.assertEqual(query.execute(batch=True).result(BOUND), {"s": {"c": 5}})

    def test_in_a_process_of_its_own(self):
        with tempfile.TemporaryDirectory() as target:
            root = definitions(self, publish=PUBLISH.split("    check:")[0].replace("DIRECTORY", target))
            status, output, errors = python(
                "import silex\n"
                "silex.start(url='')\n"
                "print(silex.action('publish', context={'project': 'p'}).execute().result(30)['export']['cache']['quality'])\n",
                SILEX_ACTION_CONFIG=root,
                PYTHONPATH=os.pathsep.join([self.folder.name, os.environ["PYTHONPATH"]]),
            )
            self.assertEqual((status, output.strip()), (0, "5"), errors)


class Types(unittest.TestCase):
    def test_on_the_wire(self):
        import pathlib

        from silex_client.utils import parameter_types as types

        expected = [
            (str, "str"),
            (pathlib.Path, "Path"),
            (types.AnyParameter, "any"),
            (types.TaskParameterMeta(), {"name": "task"}),
            (types.TextParameterMeta("info"), {"name": "text", "color": "info", "progress": None}),
            (types.MultipleSelectParameterMeta("a", b=1), {"name": "multiple_select", "options": {"b": 1, "a": "a"}}),
            (types.ListParameterMeta(int), {"name": "list", "itemType": "int"}),
            (types.DictParameterMeta(str, int), {"name": "dict", "key": "str", "value": "int"}),
        ]
        for kind, wire in expected:
            self.assertEqual(types.type_on_wire(kind), wire)
        with self.assertRaisesRegex(TypeError, "no type that a parameter can have"):
            types.type_on_wire(unittest.TestCase)

    def test_casts(self):
        import pathlib

        from silex_client.utils import parameter_types as types

        self.assertEqual(types.PathParameterMeta(multiple=True)(["a", "b"]), [pathlib.Path("a"), pathlib.Path("b")])
        self.assertIsInstance(types.PathParameterMeta()("a/b"), pathlib.Path)
        self.assertEqual(types.IntArrayParameterMeta(2)(["1", 2]), [1, 2])
        self.assertEqual(types.RangeParameterMeta(1, 5)(3), 3)
        self.assertEqual(types.DictParameterMeta(str, int)({1: "2"}), {"1": 2})
        self.assertEqual(types.SelectParameterMeta("a").rebuild("b", "c").get_default(), "b")


if __name__ == "__main__":
    unittest.main()
