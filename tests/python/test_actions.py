"""silex.action: handles of actions that run."""

import asyncio
import sys
import threading
import types
import unittest
import unittest.mock

import silex
from fixture import BOUND, Beside, Started, definitions, result, until

WAIT = "wait:\n  label: Wait a little\n  steps:\n    s:\n      commands:\n        c: {path: silex.Wait, parameters: {seconds: 1000}}\n"
SLOW = "slow:\n  steps:\n    s:\n      commands:\n        c: {path: test.Slow}\n"
PASS = "two:\n  steps:\n    s:\n      commands:\n        a: {path: silex.Pass, parameters: {input: 1}}\n        b: {path: silex.Pass, parameters: {input: 2}}\n"


def never_ends(began):
    async def sleeps(context):
        began.set()
        await silex.sleep(1000)

    return sleeps


class Actions(Started):
    def setUp(self):
        super().setUp()
        self.root = definitions(self, wait=WAIT, two=PASS, slow=SLOW, wrong="wrong:\n  steps:\n    s:\n      commands:\n        c: {path: silex.Pas}\n")
        silex.stop()
        silex.start(url="", actions=[self.root])

    def test_its_outputs(self):
        action = silex.action("two").set("s:a:input", [1, {"x": None}])
        self.assertEqual(result(action.execute()), {"s": {"a": [1, {"x": None}], "b": 2}})
        self.assertEqual((action.status, action.progress, action.name), ("completed", 100.0, "two"))

    def test_what_is_wrong_with_it(self):
        with self.assertRaises(silex.InvalidArgument) as caught:
            silex.action("wrong")
        self.assertIn("wrong.yml:5:", caught.exception.detail)
        with self.assertRaises(silex.InvalidArgument):
            silex.action("nowhere")
        with self.assertRaisesRegex(silex.InvalidArgument, "no parameter 'nobody'"):
            silex.action("two").set("nobody", 1)

    def test_it_is_cancelled(self):
        action = silex.action("wait")
        call = action.execute()
        until(lambda: action.status == "processing", "it runs")
        running, = silex.actions()
        self.assertIs(running, action)
        shown, = silex.status().actions
        self.assertEqual((shown.uuid, shown.label, shown.status), (action.uuid, "Wait a little", "processing"))
        with self.assertRaises(silex.Busy):
            action.execute()
        action.cancel()
        with self.assertRaises(silex.Cancelled):
            result(call)
        until(lambda: not silex.actions(), "it no longer runs")

    def begun(self):
        """An action that runs, and its call."""
        action = silex.action("wait")
        call = action.execute()
        until(lambda: action.status == "processing", "it runs")
        return action, call

    def is_over(self, call):
        with self.assertRaises(silex.Cancelled):
            result(call)
        until(lambda: not silex.actions(), "it no longer runs")

    def test_its_call_cancels_it(self):
        action, call = self.begun()
        self.assertTrue(call.cancel())
        self.is_over(call)
        self.assertFalse(call.cancel())
        again = action.execute()
        self.assertFalse(call.cancel())  # that one has ended, and is not this
        self.assertTrue(again.cancel())
        self.is_over(again)

    def test_its_future_cancels_it(self):
        _, call = self.begun()
        self.assertTrue(call.future().cancel())
        self.is_over(call)

    def test_an_asyncio_timeout_cancels_it(self):
        action = silex.action("wait")

        async def main():
            call = action.execute()
            with self.assertRaises(asyncio.TimeoutError):
                await asyncio.wait_for(call, 0.01)
            return call

        self.is_over(Beside(lambda: asyncio.run(main())).outcome())

    def test_a_coroutine_that_is_cancelled_cancels_what_it_awaits(self):
        calls = []

        async def owner():
            calls.append(silex.action("wait").execute())
            await calls[0]

        owning = silex.run(owner())
        until(lambda: [action.status for action in silex.actions()] == ["processing"], "it runs")
        owning.cancel()
        with self.assertRaises(silex.Cancelled):
            result(owning)
        self.is_over(calls[0])

    def test_an_undo_is_cancelled(self):
        began = threading.Event()
        silex.command("test.Slow")(lambda context: None).undo(never_ends(began))
        action = silex.action("slow")
        result(action.execute())
        undone = action.undo()
        self.assertTrue(began.wait(BOUND))
        self.assertTrue(undone.cancel())
        self.is_over(undone)

    def test_step_by_step(self):
        action = silex.action("two", step_by_step=True)
        call = action.execute()
        until(lambda: action.progress == 50.0, "the first is done")
        self.assertFalse(call.done())
        action.resume()
        result(call)
        result(action.undo())
        self.assertEqual(action.progress, 50.0)
        result(action.undo(all=True))
        self.assertEqual(action.progress, 0.0)

    def test_undone_while_it_runs(self):
        undoing, release = threading.Event(), threading.Event()
        self.addCleanup(release.set)

        @silex.command("test.Slow", on="worker")
        async def slow(context):
            await silex.sleep(1000)

        @slow.undo
        async def takes_back(context):
            undoing.set()
            await context.worker(release.wait, BOUND)

        action = silex.action("slow")
        call = action.execute()
        until(lambda: action.status == "processing", "it runs")
        undone = action.undo(all=True)
        call.cancel()  # the undo does that, and is not meant
        undoing.wait(BOUND)
        with self.assertRaises(silex.Cancelled):
            result(call)
        result(silex.run(silex.sleep(0)))  # whatever the end of the call called has been called
        self.assertEqual(silex.actions(), [action])
        release.set()
        result(undone)
        until(lambda: not silex.actions(), "it is at rest")

    def test_a_mapping_that_loses_a_key(self):
        action = silex.action("two").set("s:a:input", {"a": 1})
        value = lambda: action.read()["steps"]["s"]["commands"]["a"]["parameters"]["input"]["value"]
        until(lambda: value() == {"a": 1}, "it is set")
        action.set("s:a:input", {"b": 2})
        until(lambda: value() == {"b": 2}, "no key of the first is left")

    def test_skipped(self):
        action = silex.action("two")
        action.skip("s:a")
        self.assertEqual(result(action.execute())["s"].get("a"), None)

    def test_closed_while_it_runs(self):
        action = silex.action("wait")
        call = action.execute()
        action.close()
        with self.assertRaises(silex.Cancelled):
            result(call)
        with self.assertRaises(silex.NotFound):
            action.execute()

    def test_while_another_thread_imports_what_they_need(self):
        halfway = {"silex._" + name: types.ModuleType(name) for name in ("action", "command", "lane")}
        with unittest.mock.patch.dict(sys.modules, halfway):
            self.assertEqual((silex.actions(), silex.status().actions), ([], []))
            silex.stop()
            silex.start(url="")

    def test_its_handle_may_be_gone(self):
        self.assertEqual(result(silex.action("two").execute())["s"]["b"], 2)

    def test_a_stop_while_it_runs(self):
        call = silex.action("wait").execute()
        silex.stop()
        with self.assertRaises((silex.Cancelled, silex.HostGone)):
            result(call)
        self.assertEqual(silex.status().actions, [])

    def test_many_changes_that_nobody_looks_at(self):
        action = silex.action("two")
        for _ in range(5):
            result(action.execute())
            result(action.undo(all=True))
        self.assertEqual(action.status, "initialized")
        self.assertEqual(result(action.execute())["s"]["b"], 2)


if __name__ == "__main__":
    unittest.main()
