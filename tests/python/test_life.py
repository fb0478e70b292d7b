"""Start, stop, status; importing again, forks."""

import asyncio
import os
import tempfile
import threading
import unittest
import unittest.mock

import silex
from fixture import BOUND, Beside, Started, log, python, result, until
from silex import _lane


class StartAndStop(unittest.TestCase):
    def tearDown(self):
        silex.stop()

    def test_start_stop_start(self):
        for _ in range(5):
            silex.start(url="")
            self.assertTrue(silex.is_running())
            self.assertEqual(result(silex.defer(lambda: 1)), 1)

            async def steps():
                return await silex.defer(lambda: 2)

            self.assertEqual(result(silex.run(steps())), 2)
            silex.stop()
            self.assertFalse(silex.is_running())

    def test_the_second_of_each_does_nothing(self):
        silex.start(url="")
        call = silex.defer(int)
        silex.start(url="ws://127.0.0.1:1")
        self.assertEqual(silex.status().url, "")
        self.assertEqual(result(call), 0)
        silex.stop()
        silex.stop()

    def test_what_is_not_started_says_so(self):
        for function in (lambda: silex.defer(int), lambda: silex.worker(int), lambda: silex.call_and_wait(int)):
            with self.assertRaisesRegex(silex.NotRunning, r"call silex\.start\(\) first"):
                function()
        self.assertFalse(silex.is_running())
        silex.start(url="")
        silex.stop()
        for function in (
            lambda: silex.defer(int),
            lambda: silex.worker(int),
            lambda: silex.call_and_wait(int),
            lambda: silex.pump_until(lambda: True),
        ):
            with self.assertRaisesRegex(silex.NotRunning, r"call silex\.start\(\) first"):
                function()

        async def steps():
            pass

        with self.assertRaises(silex.NotRunning):
            silex.run(steps())

    def test_what_nobody_pumps_says_what_to_call(self):
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as configuration:
            configuration.write("runtime:\n  no_pump: 10ms\n")
            configuration.flush()
            silex.start(url="", config=configuration.name)
        self.addCleanup(silex.stop)
        with log():
            call = silex.defer(int)
            until(call.done, "it has ended")
            with self.assertRaisesRegex(silex.HostGone, r"call silex\.pump_until\(\) on it"):
                call.result(0)

    def test_a_context_that_is_no_dict(self):
        with self.assertRaisesRegex(silex.InvalidArgument, r"silex\.start\(\) is 3; allowed: a dict, or None"):
            silex.start(url="", context=3)
        silex.start(url="")
        self.addCleanup(silex.stop)
        with self.assertRaisesRegex(silex.InvalidArgument, "context is 3; allowed: a dict, or None"):
            silex.action("publish", context=3)

    def test_another_thread_may_do_neither(self):
        with self.assertRaisesRegex(silex.WrongThread, "main thread"):
            Beside(lambda: silex.start(url="")).outcome(pumps=False)
        silex.start(url="")
        with self.assertRaises(silex.WrongThread):
            Beside(silex.stop).outcome(pumps=False)
        self.assertTrue(silex.is_running())

    def test_an_adapter_that_is_not_there(self):
        with self.assertRaises(silex.Error) as caught:
            silex.start(url="", adapter="nowhere")
        self.assertIn("nowhere", str(caught.exception))
        self.assertFalse(silex.is_running())
        silex.start(url="")

    def test_a_configuration_that_is_wrong(self):
        with self.assertRaises(silex.Error) as caught:
            silex.start(url="", config="/nowhere/silex.yml")
        self.assertIn("/nowhere/silex.yml", str(caught.exception) + caught.exception.detail)

    def test_the_level_of_the_log_that_is_configured(self):
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as config:
            config.write("log: {level: debug}\n")
            config.flush()
            silex.start(url="", config=config.name)
        with log() as written:
            silex._log.log("a detail", silex._log.DEBUG)
            self.assertIn("[debug] a detail", written())

    def test_a_url_that_is_wrong(self):
        with self.assertRaises(silex.InvalidArgument):
            silex.start(url="http:/x")
        self.assertFalse(silex.is_running())


    def test_a_context_in_the_environment_that_is_wrong(self):
        for text, why in (('{"project": north}', "line 1 column 13"), ("[1]", "it is a list")):
            with unittest.mock.patch.dict(os.environ, SILEX_CONTEXT=text):
                with self.assertRaisesRegex(silex.InvalidArgument, "^the variable SILEX_CONTEXT is no JSON object.*" + why):
                    silex.start(url="")
            self.assertFalse(silex.is_running())

    def test_a_start_that_fails_leaves_nothing_running(self):
        with self.assertRaises(TypeError):
            silex.start(url="", actions=5)
        self.assertFalse(silex.is_running())
        status, output, errors = python(
            "import threading, silex\n"
            "silex.command('silex.Wait')(lambda context: None)\n"
            "for _ in range(2):\n"
            "    try: silex.start('ws://127.0.0.1:9')\n"
            "    except silex.InvalidArgument as error: print(error, error.detail)\n"
            "    assert not silex.is_running()\n"
            "import os, time\n"
            "end = time.monotonic() + 30\n"  # a thread that was joined stands in /proc for a moment more
            "while len(os.listdir('/proc/self/task')) > 1 and time.monotonic() < end: time.sleep(0.001)\n"
            "print(len(os.listdir('/proc/self/task')))\n"
        )
        self.assertEqual(status, 0, errors)
        self.assertEqual(output.count("another command has this path"), 4, output)
        self.assertEqual(output.split()[-1], "1")
        self.assertNotIn("127.0.0.1", errors)  # not tried: commands come first

    def test_a_start_whose_lane_can_not_be_opened(self):
        silex.command("test.NoLane")(lambda context: None)
        with unittest.mock.patch.object(_lane, "opened", side_effect=OSError("no file descriptors are left")):
            with self.assertRaisesRegex(OSError, "no file descriptors"):
                silex.start(url="")
        self.assertFalse(silex.is_running())


class LeftBehind(unittest.TestCase):
    def left_behind(self, coroutine, began):
        silex.start(url="")
        self.addCleanup(silex.stop)
        call, told = silex.run(coroutine), []
        call.add_done_callback(told.append)
        began.wait(BOUND)
        silex.stop()
        with self.assertRaisesRegex(silex.HostGone, "'.*' was left behind: the runtime stopped"):
            result(call)
        return told

    def test_a_coroutine_that_does_not_let_itself_be_cancelled(self):
        began = threading.Event()

        async def goes_on():
            began.set()
            while True:
                try:
                    await silex.sleep(1000)
                except asyncio.CancelledError:
                    pass

        told = self.left_behind(goes_on(), began)
        self.assertEqual(len(told), 1)

    def test_a_coroutine_that_holds_the_lane(self):
        began, release = threading.Event(), threading.Event()
        self.addCleanup(release.set)

        async def holds():
            began.set()
            release.wait()

        with log() as written:
            self.left_behind(holds(), began)
            self.assertIn("left behind", written())

    def test_what_is_posted_while_the_lane_closes(self):
        began, posted = threading.Event(), []

        async def too_late():
            pass

        async def posts():
            began.set()
            try:
                await silex.sleep(1000)
            finally:
                posted.append(old.run(too_late(), "too late"))

        silex.start(url="")
        self.addCleanup(silex.stop)
        old = _lane.opened()
        call = silex.run(posts())
        began.wait(BOUND)
        silex.stop()
        self.assertIsInstance(call.exception(BOUND), (silex.Cancelled, silex.HostGone))
        posted.append(old.run(too_late(), "too late"))
        for late in posted:
            with self.assertRaisesRegex(silex.HostGone, "'too late' was left behind"):
                result(late)
        self.assertEqual(len(posted), 2)

    def test_a_lane_that_is_held_does_not_disturb_the_next_one(self):
        status, output, errors = python(
            "import threading, silex\n"
            "began, release, over = threading.Event(), threading.Event(), threading.Event()\n"
            "async def holds():\n    began.set(); release.wait(); over.set()\n"
            "async def steps(): return await silex.defer(int, 5)\n"
            "silex.start(url='')\n"
            "held = silex.run(holds()); began.wait()\n"
            "silex.stop()\n"
            "silex.start(url='')\n"
            "assert silex.run(steps()).result(30) == 5\n"
            "old = [thread for thread in threading.enumerate() if thread.name == 'silex-lane'][0]\n"
            "release.set(); over.wait(); old.join(30)\n"
            "print(silex.run(steps()).result(30))\n"
        )
        self.assertEqual((status, output.strip()), (0, "5"), errors)
        self.assertIn("left behind", errors)


class Status(Started):
    def test_in_no_host_without_a_service(self):
        status = silex.status()
        self.assertTrue(status.running)
        self.assertEqual((status.connection, status.url, status.host), ("off", "", "standalone"))
        self.assertEqual(status.actions, [])
        self.assertIn("host='standalone'", repr(status))

    def test_the_last_warning(self):
        silex._log.log("the first", silex._log.WARNING)
        silex._log.log("the second", silex._log.WARNING)
        silex.log("no warning")
        self.assertEqual(silex.status().last_warning, "the second")

    def test_what_is_no_unicode_text_is_escaped_in_the_log(self):
        with log() as written:
            silex.log("first\nno file g\udce9o\0.abc")
            self.assertIn("first\nno file g\\udce9o\\0.abc", written())

    def test_before_the_first_start(self):
        status, output, errors = python("import silex; print(silex.status())")
        self.assertEqual(status, 0, errors)
        self.assertIn("running=False, connection='off'", output)

    def test_a_service_that_is_away(self):
        silex.stop()
        silex.start(url="ws://127.0.0.1:9")
        self.assertIn(silex.status().connection, ("connecting", "back-off"))
        self.assertEqual(silex.status().url, "ws://127.0.0.1:9")


class Imports(unittest.TestCase):
    def test_imported_again_it_is_the_same_runtime(self):
        status, output, errors = python(
            "import sys, silex\n"
            "silex.start(url='')\n"
            "call = silex.defer(int, 5)\n"
            "for name in [name for name in sys.modules if name.partition('.')[0] == 'silex']: del sys.modules[name]\n"
            "import silex as again\n"
            "assert again is not silex and again.is_running()\n"
            "assert again.pump_until(call) == 5\n"
            "async def steps(): return await again.defer(int, 6)\n"
            "print(again.run(steps()).result(30))\n"
            "again.stop(); assert not silex.is_running()\n"
        )
        self.assertEqual((status, output.strip()), (0, "6"), errors)

    def test_reloaded(self):
        status, output, errors = python(
            "import importlib, silex\n"
            "silex.start(url='')\n"
            "importlib.reload(silex)\n"
            "silex.start(url='')\n"
            "print(silex.defer(int, 5).result(30))\n"
        )
        self.assertEqual((status, output.strip()), (0, "5"), errors)


@unittest.skipUnless(hasattr(os, "fork"), "a system without fork()")
class Forks(unittest.TestCase):
    def run_in_child(self, body):
        return python(
            "import os, sys, silex\n"
            "silex.start(url='')\n"
            "async def steps(): return await silex.worker(int, 1)\n"
            "assert silex.run(steps()).result(30) == 1\n"
            "child = os.fork()\n"
            "if child == 0:\n"
            + "".join("    %s\n" % line for line in body.splitlines())
            + "    sys.exit(0)\n"
            "status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])\n"
            "assert silex.run(steps()).result(30) == 1\n"
            "print(status)\n"
        )

    def test_a_child_has_no_runtime(self):
        status, output, errors = self.run_in_child(
            "try: silex.defer(int)\nexcept silex.NotRunning: pass\nassert not silex.is_running()\nsilex.stop()"
        )
        self.assertEqual((status, output.strip()), (0, "0"), errors)

    def test_a_child_starts_its_own(self):
        status, output, errors = self.run_in_child(
            "silex.start(url='')\nassert silex.run(steps()).result(30) == 1\nassert silex.defer(int, 3).result(30) == 3"
        )
        self.assertEqual((status, output.strip()), (0, "0"), errors)


if __name__ == "__main__":
    unittest.main()
