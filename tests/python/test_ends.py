"""How a process ends: with calls pending and threads alive, it ends at once, with its own status."""

import time
import unittest

from fixture import python

START = "import sys, threading, time, silex\nsilex.start(url='')\n"


class Exits(unittest.TestCase):
    def ends(self, script, status=0, within=20.0):
        begun = time.monotonic()
        ended, output, errors = python(START + script)
        self.assertEqual(ended, status, errors)
        self.assertLess(time.monotonic() - begun, within)
        self.assertNotIn("Fatal", errors)
        return output, errors

    def test_with_nothing_pending(self):
        self.ends("")

    def test_with_calls_pending(self):
        self.ends("calls = [silex.defer(int) for _ in range(1000)]")

    def test_with_a_status_of_its_own(self):
        self.ends("silex.defer(int)\nsys.exit(7)", status=7)

    def test_with_an_exception(self):
        output, errors = self.ends("silex.defer(int)\nraise KeyError('mine')", status=1)
        self.assertIn("KeyError: 'mine'", errors)

    def test_with_a_thread_that_waits_for_the_main_thread(self):
        # Python joins it before atexit.
        output, _ = self.ends(
            "def waits():\n"
            "    try: silex.call_and_wait(int)\n"
            "    except silex.HostGone: sys.stdout.write('told\\n')\n"
            "for _ in range(3): threading.Thread(target=waits).start()\n"
        )
        self.assertEqual(output.split(), ["told"] * 3)

    def test_with_a_thread_that_waits_for_a_call(self):
        output, _ = self.ends(
            "def waits():\n"
            "    try: silex.defer(int).result()\n"
            "    except silex.HostGone: sys.stdout.write('told\\n')\n"
            "threading.Thread(target=waits).start()\n"
        )
        self.assertEqual(output.split(), ["told"])

    def test_with_coroutines_that_wait(self):
        output, _ = self.ends(
            "async def waits():\n"
            "    try: await silex.defer(int)\n"
            "    except BaseException as end: print(type(end).__name__); raise\n"
            "async def sleeps(): await silex.sleep(1000)\n"
            "began = threading.Event()\n"
            "async def begins(): began.set()\n"
            "calls = [silex.run(waits()), silex.run(sleeps()), silex.run(begins())]\n"
            "began.wait()\n"
        )
        self.assertIn(output.strip(), ("HostGone", "CancelledError"))

    def test_with_a_worker_that_does_not_end(self):
        output, errors = self.ends(
            "began = threading.Event()\n"
            "def works():\n    began.set(); time.sleep(1000)\n"
            "silex.worker(works); began.wait()\n"
        )
        self.assertIn("its thread is left to end by itself", errors)

    def test_with_a_worker_that_wakes_while_python_is_gone(self):
        self.ends(
            "began = threading.Event()\n"
            "def works():\n    began.set()\n    while True: time.sleep(0.001)\n"
            "silex.worker(works); began.wait()\n"
        )

    def test_with_a_coroutine_that_holds_the_lane(self):
        self.ends(
            "began = threading.Event()\n"
            "async def holds():\n    began.set(); time.sleep(1000)\n"
            "silex.run(holds()); began.wait()\n"
        )

    def test_with_daemons_that_defer_all_the_time(self):
        self.ends(
            "def defers():\n"
            "    while True:\n"
            "        try: silex.defer(int)\n"
            "        except silex.HostGone: time.sleep(0.001)\n"
            "for _ in range(2): threading.Thread(target=defers, daemon=True).start()\n"
            "silex.pump_until(silex.defer(int), 10)\n"
        )

    def test_with_daemons_that_wait(self):
        # Python ends a thread that asks for the GIL now, by unwinding it as pthread_exit() does.
        script = (
            "def waits(how):\n"
            "    while True:\n"
            "        try: how()\n"
            "        except silex.HostGone: pass\n"
            "for _ in range(8):\n"
            "    for how in (lambda: silex.call_and_wait(int), lambda: silex.defer(int).result()):\n"
            "        threading.Thread(target=waits, args=(how,), daemon=True).start()\n"
            "sys.setswitchinterval(0.000001)\n"
        )
        for _ in range(5):
            self.ends(script)

    def test_from_inside_a_deferred_call(self):
        self.ends("silex.defer(sys.exit, 5).result()", status=5)

    def test_stopped_before(self):
        self.ends("silex.defer(int)\nsilex.stop()")

    def test_with_an_exception_that_nobody_asked_for(self):
        output, errors = self.ends(
            "call = silex.worker(lambda: 1 / 0)\nsilex.pump_until(call.done, 10)\ndel call\n"
        )
        self.assertIn("ZeroDivisionError", errors)

    def test_many_times(self):
        script = (
            "async def waits(): await silex.defer(int)\n"
            "calls = [silex.run(waits()) for _ in range(3)] + [silex.worker(time.sleep, 0.001), silex.defer(int)]\n"
            "threading.Thread(target=lambda: calls[4].exception()).start()\n"
        )
        for _ in range(10):
            self.ends(script)


if __name__ == "__main__":
    unittest.main()
