"""@silex.command: functions as what an action's steps run."""

import asyncio
import importlib
import os
import sys
import tempfile
import threading
import unittest

import silex
from fixture import BOUND, Started, definitions, log, result, until


def one(path, parameters=""):
    return "one:\n  steps:\n    step:\n      commands:\n        cmd: {path: %s, parameters: {%s}}\n" % (path, parameters)


class Commands(Started):
    def run_one(self, path, parameters="", **more):
        root = definitions(self, one=one(path, parameters), **more)
        silex._life._action_roots = root
        self.addCleanup(setattr, silex._life, "_action_roots", None)
        self.action = silex.action("one", batch=True)
        return self.action.execute()

    def output(self, *arguments, **more):
        return result(self.run_one(*arguments, **more))["step"]["cmd"]

    def test_a_plain_function_runs_on_the_main_thread(self):
        @silex.command("test.Plain", parameters={"shot": str, "frames": {"type": "FrameSet", "value": "1-3"}})
        def plain(context, shot, frames):
            return [shot, frames, context.parameters, threading.current_thread() is threading.main_thread()]

        shot, frames, parameters, is_main = self.output("test.Plain", "shot: sh010")
        self.assertEqual((shot, is_main), ("sh010", True))
        self.assertEqual(parameters, {"shot": "sh010", "frames": frames})

    def test_or_on_a_worker(self):
        @silex.command("test.Worker", on="worker")
        def works(context):
            return threading.current_thread() is threading.main_thread()

        self.assertIs(self.output("test.Worker"), False)

    def test_a_coroutine_steps_on_the_lane(self):
        @silex.command("test.Coroutine", parameters={"n": int})
        async def coroutine(context, n):
            thread = threading.current_thread().name
            on_main = await context.main_thread(lambda: threading.current_thread() is threading.main_thread())
            power = await context.worker(pow, 2, n)
            return [thread, on_main, power]

        self.assertEqual(self.output("test.Coroutine", "n: 5"), ["silex-lane", True, 32])

    def test_two_actions_at_once(self):
        both = []

        @silex.command("test.Meets")
        async def meets(context):
            both.append(context)
            while len(both) < 2:
                await silex.sleep(0.001)

        first = self.run_one("test.Meets")
        second = silex.action("one", batch=True).execute()
        result(first), result(second)

    def test_its_failure_has_its_traceback(self):
        raised = []

        @silex.command("test.Fails")
        def fails(context):
            raised.append(KeyError("no such node"))
            raise raised[0]

        call = self.run_one("test.Fails")
        with self.assertRaises(silex.Error) as caught:
            result(call)
        self.assertIn("step:cmd", str(caught.exception))
        self.assertIn("no such node", str(caught.exception))
        self.assertIn("in fails", caught.exception.detail)
        self.assertIs(caught.exception.__cause__, raised[0])
        self.assertEqual(self.action.status, "error")
        logs = self.action.read()["steps"]["step"]["commands"]["cmd"]["logs"]
        self.assertTrue(any("in fails" in line["message"] and line["level"] == "TRACEBACK" for line in logs), logs)

    def test_an_output_that_json_can_not_carry(self):
        @silex.command("test.Odd")
        def odd(context):
            return object()

        with self.assertRaisesRegex(silex.Error, "can't be handed on"):
            result(self.run_one("test.Odd"))

    def test_text_that_is_none(self):
        # As os.fsdecode() makes of a file's name in Latin-1; nothing of it may hold the action.
        for name, shown in ((os.fsdecode(b"g\xe9o.abc"), "g\\udce9o.abc"), ("g\0o.abc", "g\\0o.abc")):

            @silex.command("test.OddFailure")
            def fails(context, name=name):
                context.log("reading " + name)
                raise OSError("no file " + name)

            call = self.run_one("test.OddFailure")
            with self.assertRaises(silex.Error) as caught:
                result(call)
            self.assertIn("no file " + shown, str(caught.exception))
            self.assertIn("no file " + shown, caught.exception.detail)
            self.assertIsInstance(caught.exception.__cause__, OSError)
            logs = self.action.read()["steps"]["step"]["commands"]["cmd"]["logs"]
            self.assertIn({"level": "INFO", "message": "reading " + shown}, logs)

    def test_an_output_of_text_that_is_none(self):
        @silex.command("test.OddText")
        def odd(context):
            return {"file": os.fsdecode(b"g\xe9o.abc")}

        with self.assertRaisesRegex(silex.Error, r"g\\udce9o.abc.* is no Unicode text"):
            result(self.run_one("test.OddText"))
        silex.command("test.OddText")(lambda context: ["a\0b", "é"])
        self.assertEqual(self.output("test.OddText"), ["a\0b", "é"])

    def test_an_exception_that_has_no_text(self):
        class Mute(Exception):
            def __str__(self):
                raise KeyError("none")

        @silex.command("test.Mute", on="worker")
        async def mute(context):
            raise Mute()

        with self.assertRaisesRegex(silex.Error, "Mute"):
            result(self.run_one("test.Mute"))

    def test_log_and_progress(self):
        @silex.command("test.Talks", on="worker")
        def talks(context):
            context.log("half way", "warning")
            context.progress(50)

        result(self.run_one("test.Talks"))
        command = self.action.read()["steps"]["step"]["commands"]["cmd"]
        self.assertIn({"level": "WARNING", "message": "half way"}, command["logs"])

    def test_undo_finds_what_execute_kept(self):
        undone = []

        @silex.command("test.Undone")
        def does(context):
            context.kept["node"] = "node1"

        @does.undo
        async def takes_back(context):
            undone.append(context.kept["node"])

        result(self.run_one("test.Undone"))
        result(self.action.undo())
        self.assertEqual(undone, ["node1"])
        result(self.action.execute())

    def test_setup_changes_what_users_see(self):
        @silex.command("test.SetUp", parameters={"name": {"type": "str", "value": "a"}})
        async def runs(context, name):
            return name

        @runs.setup
        async def prepares(context):
            await context.edit({"label": "Prepared", "parameters": {"name": {"value": "b"}}})

        self.assertEqual(self.output("test.SetUp"), "b")
        self.assertEqual(self.action.read()["steps"]["step"]["commands"]["cmd"]["label"], "Prepared")

    def test_the_store(self):
        @silex.command("test.Stores")
        async def stores(context):
            await context.store("scene", {"nodes": [1, 2]})
            return [await context.stored("scene:nodes"), await context.stored("nothing")]

        self.assertEqual(self.output("test.Stores"), [[1, 2], None])

    def test_a_prompt_is_answered(self):
        @silex.command("test.Asks")
        async def asks(context):
            return await context.prompt({"name": {"type": "str", "label": "Name"}})

        root = definitions(self, one=one("test.Asks"))
        silex._life._action_roots = root
        self.addCleanup(setattr, silex._life, "_action_roots", None)
        action = silex.action("one")
        call = action.execute()
        until(lambda: action.status == "waiting_for_response", "it asks")
        self.assertEqual([running.status for running in silex.status().actions], ["waiting_for_response"])
        action.answer({"name": "sphere"})
        self.assertEqual(result(call)["step"]["cmd"], {"name": "sphere"})
        until(lambda: not silex.actions(), "it no longer runs")

    def test_other_actions(self):
        @silex.command("test.Inner", parameters={"n": int})
        def inner(context, n):
            return n * 2

        @silex.command("test.Outer")
        async def outer(context):
            return await context.run_action("other", parameters={"n": 21})

        other = "other:\n  steps:\n    s:\n      commands:\n        c: {path: test.Inner, parameters: {n: 1}}\n"
        self.assertEqual(self.output("test.Outer", other=other), {"s": {"c": 42}})

    def test_one_that_is_cancelled_ends_before_the_action_goes_on(self):
        began, order = threading.Event(), []

        def holds_the_host():
            began.set()
            until(silex.stop_requested, "a stop is requested")
            order.append("function")

        @silex.command("test.Cancelled", on="worker")
        def cancelled(context):
            holds_the_host()

        @cancelled.undo
        def takes_back(context):
            order.append("undo")

        call = self.run_one("test.Cancelled")
        self.assertTrue(began.wait(BOUND))
        self.action.cancel()
        with self.assertRaises(silex.Cancelled):
            result(call)
        result(self.action.undo())
        self.assertEqual(order, ["function", "undo"])

    def test_a_coroutine_that_is_cancelled(self):
        began, seen = threading.Event(), []

        @silex.command("test.Sleeps")
        async def sleeps(context):
            began.set()
            try:
                await silex.sleep(BOUND)
            except asyncio.CancelledError:
                seen.append("cancelled")
                raise

        call = self.run_one("test.Sleeps")
        self.assertTrue(began.wait(BOUND))
        self.action.cancel()
        with self.assertRaises(silex.Cancelled):
            result(call)
        self.assertEqual(seen, ["cancelled"])

    def asks_with_setup(self):
        """Executes one that is set up once more while it waits for its answer; returns the call."""
        self.asked, self.ended = threading.Event(), []

        @silex.command("test.AsksWithSetup")
        async def asks(context):
            try:
                await context.prompt({"name": "str"})
                self.asked.set()
                await silex.sleep(BOUND)
            except asyncio.CancelledError:
                self.ended.append("execute")
                raise

        @asks.setup
        async def prepares(context):
            pass

        silex._life._action_roots = definitions(self, one=one("test.AsksWithSetup"))
        self.addCleanup(setattr, silex._life, "_action_roots", None)
        self.action = silex.action("one")
        call = self.action.execute()
        until(lambda: self.action.status == "waiting_for_response", "it asks")
        return call

    def test_one_with_a_setup_is_cancelled_while_it_asks(self):
        call = self.asks_with_setup()
        self.action.cancel()
        with self.assertRaises(silex.Cancelled):
            result(call)
        self.assertEqual(self.ended, ["execute"])

    def test_one_with_a_setup_is_cancelled_after_it_asked(self):
        call = self.asks_with_setup()
        self.action.answer({"name": "sphere"})
        self.assertTrue(self.asked.wait(BOUND))
        self.action.cancel()
        with self.assertRaises(silex.Cancelled):
            result(call)
        self.assertEqual(self.ended, ["execute"])

    def test_a_stop_while_one_runs(self):
        began = threading.Event()

        @silex.command("test.Stopped")
        async def stopped(context):
            began.set()
            await silex.sleep(BOUND)

        call = self.run_one("test.Stopped")
        self.assertTrue(began.wait(BOUND))
        silex.stop()
        with self.assertRaises((silex.Cancelled, silex.HostGone)):
            call.result(BOUND)

    def test_defined_again_it_is_the_new_one(self):
        for number in (1, 2):

            @silex.command("test.Again", parameters={"n%d" % number: {"type": "int", "value": number}})
            def again(context, number=number):
                return [number, context.parameters]

            self.assertEqual(self.output("test.Again"), [number, {"n%d" % number: number}])

    def test_defined_before_the_start(self):
        silex.stop()

        @silex.command("test.Early")
        def early(context):
            return "early"

        silex.start(url="")
        self.assertEqual(self.output("test.Early"), "early")

    def test_what_is_wrong_says_so(self):
        with self.assertRaisesRegex(silex.InvalidArgument, "allowed: 'main' or 'worker'"):
            silex.command("test.Wrong", on="loop")
        with self.assertRaisesRegex(silex.InvalidArgument, "no type of a parameter"):
            silex.command("test.Wrong", parameters={"x": threading.Thread})
        with self.assertRaisesRegex(silex.InvalidArgument, "strr"):
            silex.command("test.Wrong", parameters={"x": "strr"})(lambda context: None)
        with self.assertRaisesRegex(silex.InvalidArgument, "another command has this path"):
            silex.command("silex.Copy")(lambda context: None)

    def test_what_takes_no_attributes_is_no_command(self):
        for function in (print, self.output):
            with self.assertRaisesRegex(silex.InvalidArgument, "'test.Builtin'.* pass a function that calls it"):
                silex.command("test.Builtin")(function)
        with self.assertRaises(silex.InvalidArgument):  # nor did it become one before it was refused
            self.run_one("test.Builtin")

    def test_a_level_that_the_log_has_not(self):
        @silex.command("test.Warns")
        def warns(context):
            context.log("x", "warn")

        with self.assertRaisesRegex(silex.Error, "'warn'; allowed: 'debug', 'info', 'warning', 'error', 'critical'") as caught:
            result(self.run_one("test.Warns"))
        self.assertIsInstance(caught.exception.__cause__, silex.InvalidArgument)

    def test_a_module_that_can_not_be_imported_is_the_cause(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        with open(os.path.join(folder.name, "broken_of_test.py"), "w") as module:
            module.write("import no_such_module_of_test\n")
        sys.path.insert(0, folder.name)
        self.addCleanup(sys.path.remove, folder.name)

        @silex.command("test.RunsBroken")
        async def runs(context):
            await context.run_action("other")

        with log() as written:
            with self.assertRaisesRegex(silex.InvalidArgument, "broken_of_test.Export") as caught:
                self.run_one("broken_of_test.Export")
            self.assertIsInstance(caught.exception.__cause__, ModuleNotFoundError)
            self.assertEqual(caught.exception.__cause__.name, "no_such_module_of_test")
            self.assertIn("the command 'broken_of_test.Export' could not be imported", written())
        with open(os.path.join(folder.name, "broken_of_test.py"), "w") as module:
            module.write("mended = True\n")
        importlib.invalidate_caches()
        with self.assertRaisesRegex(silex.InvalidArgument, "broken_of_test.Export") as caught:
            self.run_one("broken_of_test.Export")
        self.assertIsNone(caught.exception.__cause__)

    def test_numbers_that_json_has_not(self):
        refused = {"NaN": float("nan"), "-Infinity": -float("inf"), str(1 << 64): 1 << 64, str(-(1 << 63) - 1): -(1 << 63) - 1}
        for shown, number in refused.items():
            silex.command("test.Number")(lambda context, number=number: {"n": [number]})
            with self.assertRaisesRegex(silex.Error, "%s can't be handed on" % shown):
                result(self.run_one("test.Number"))
            with self.assertRaisesRegex(ValueError, "%s can't be handed on" % shown):
                silex.action("one").set("x", number)
        carried = [(1 << 64) - 1, -(1 << 63), 1.0e300, 0.1234567890123456789, "NaN", "Infinity", str(1 << 70)]
        silex.command("test.Number")(lambda context: carried)
        self.assertEqual(self.output("test.Number"), carried)

    def test_what_is_not_json_is_refused_at_the_await(self):
        @silex.command("test.Unwritable")
        async def unwritable(context):
            with self.assertRaises(TypeError):
                await context.store("x", object())
            return "refused"

        self.assertEqual(self.output("test.Unwritable"), "refused")

    def test_after_its_end_a_command_has_nothing_to_say(self):
        contexts = []

        @silex.command("test.Ended")
        async def ends(context):
            contexts.append(context)

        self.run_one("test.Ended").result(BOUND)
        context = contexts[0]
        context.log("too late")
        context.progress(1)

        async def too_late():
            await context.stored("x")

        with self.assertRaises(silex.NotFound):
            result(silex.run(too_late()))


if __name__ == "__main__":
    unittest.main()
