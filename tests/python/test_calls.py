"""defer, worker, call_and_wait, and how their calls end."""

import gc
import threading
import traceback
import unittest

import silex
from fixture import BOUND, Beside, Started, log, pump, result, until


class Values(Started):
    def test_a_deferred_call_runs_on_the_main_thread(self):
        call = silex.defer(lambda a, b=0: (a + b, threading.current_thread()), 1, b=2)
        self.assertFalse(call.done())
        self.assertEqual(result(call), (3, threading.main_thread()))
        self.assertTrue(call.done())
        self.assertFalse(call.cancelled())
        self.assertIsNone(call.exception())

    def test_calls_run_in_order(self):
        order = []
        calls = [silex.defer(order.append, number) for number in range(100)]
        result(calls[-1])
        self.assertEqual(order, list(range(100)))

    def test_a_worker_is_another_thread(self):
        self.assertNotEqual(result(silex.worker(threading.get_ident)), threading.get_ident())

    def test_what_is_no_function_is_refused(self):
        with self.assertRaisesRegex(TypeError, "can't be called"):
            silex.defer(3)
        with self.assertRaisesRegex(ValueError, "seconds, 0 or more"):
            silex.defer(int, timeout=-1)

    def test_a_call_is_made_by_silex_alone(self):
        with self.assertRaisesRegex(TypeError, r"silex\.defer"):
            silex.Call()

    def test_many_outstanding_calls_keep_nothing(self):
        class Thing:
            pass

        kept = Thing()
        for _ in range(1000):
            silex.defer(lambda thing: None, kept)
        result(silex.defer(int))
        self.assertEqual([one for one in gc.get_referrers(kept) if isinstance(one, tuple)], [])


class Exceptions(Started):
    def test_the_same_exception_with_its_traceback(self):
        raised = []

        def fails():
            raised.append(KeyError("no such node"))
            raise raised[0]

        call = silex.defer(fails)
        try:
            result(call)
        except KeyError as caught:
            self.assertIs(caught, raised[0])
            self.assertIn("in fails", "".join(traceback.format_tb(caught.__traceback__)))
        self.assertIs(call.exception(), raised[0])

    def test_an_exception_on_a_worker(self):
        with self.assertRaises(ZeroDivisionError):
            result(silex.worker(lambda: 1 / 0))

    def test_an_exception_with_a_timeout(self):
        with self.assertRaises(ZeroDivisionError):
            result(silex.defer(lambda: 1 / 0, timeout=BOUND))

    def test_exit_is_an_exception_of_the_call_alone(self):
        with self.assertRaises(SystemExit):
            result(silex.defer(exit, 3))
        self.assertEqual(result(silex.defer(int)), 0)

    def test_one_that_nobody_asks_for_is_in_the_log(self):
        def nobody_asks():
            raise ValueError("lost?")

        with log() as written:
            silex.defer(nobody_asks)
            pump(lambda: "lost?" in written())
            text = written()
        self.assertIn("nobody asked for its result", text)
        self.assertIn("in nobody_asks", text)

    def test_one_in_a_destructor_is_in_the_log(self):
        class Thing:
            def __del__(self):
                raise ValueError("in a destructor")

        with log() as written:
            silex.defer(lambda thing: None, Thing())
            pump(lambda: "in a destructor" in written())
        self.assertEqual(result(silex.defer(int)), 0)

    def test_one_whose_text_can_not_be_made(self):
        class Odd(Exception):
            def __str__(self):
                raise ValueError("no text")

        def fails():
            raise Odd

        with self.assertRaises(Odd):
            result(silex.defer(fails))

    def test_codes_have_classes(self):
        error = silex._errors.make_error(11, "nobody pumps", "")
        self.assertIsInstance(error, silex.HostGone)
        self.assertEqual(error.code, "SILEX_ERROR_NO_PUMP")
        self.assertEqual(silex._errors.make_error(37, "x", "").code, "SILEX_ERROR_BAD_ENTRY")


class Ends(Started):
    def test_withdrawn_before_it_started_it_never_runs(self):
        ran = []
        call = silex.defer(ran.append, 1)
        self.assertTrue(call.cancel())
        with self.assertRaises(silex.Cancelled):
            result(call)
        result(silex.defer(int))
        self.assertEqual(ran, [])
        self.assertTrue(call.cancelled())
        self.assertFalse(call.cancel())

    def test_timed_out_before_it_started_it_never_runs(self):
        ran = []
        call = silex.defer(ran.append, 1, timeout=0.001)
        with self.assertRaises(silex.TimedOut):
            Beside(lambda: call.result(BOUND)).outcome(pumps=False)
        result(silex.defer(int))
        self.assertEqual(ran, [])

    def test_what_runs_sees_that_it_should_stop(self):
        began = threading.Event()

        def works():
            began.set()
            until(silex.stop_requested, "a stop is requested")
            raise silex.Cancelled("gave up")

        call = silex.worker(works)
        self.assertTrue(began.wait(BOUND))
        self.assertTrue(call.running())
        self.assertTrue(call.cancel())
        with self.assertRaises(silex.Cancelled):
            result(call)
        self.assertFalse(silex.stop_requested())

    def test_a_wait_with_a_bound_ends_and_the_call_goes_on(self):
        goes_on = threading.Event()
        call = silex.worker(goes_on.wait, BOUND)
        with self.assertRaisesRegex(silex.TimedOut, "has not ended yet"):
            call.result(timeout=0)
        goes_on.set()
        self.assertTrue(result(call))

    def test_a_stop_tells_all_who_wait(self):
        calls = [silex.defer(int) for _ in range(100)]
        waiting = Beside(lambda: calls[50].result(BOUND))
        silex.stop()
        with self.assertRaises(silex.HostGone):
            waiting.outcome(pumps=False)
        for call in calls:
            with self.assertRaises(silex.HostGone):
                call.result(BOUND)

    def test_a_stop_from_inside_a_call(self):
        call = silex.defer(silex.stop)
        with self.assertRaises(silex.HostGone):
            silex.pump_until(lambda: False, BOUND)
        self.assertTrue(call.done())
        self.assertFalse(silex.is_running())


class Waits(Started):
    def test_on_the_main_thread_it_runs_at_once(self):
        self.assertIs(silex.call_and_wait(threading.current_thread), threading.main_thread())

    def test_on_a_thread_of_python(self):
        waiting = Beside(lambda: silex.call_and_wait(threading.current_thread))
        self.assertIs(waiting.outcome(), threading.main_thread())

    def test_on_a_worker(self):
        call = silex.worker(silex.call_and_wait, threading.current_thread)
        self.assertIs(result(call), threading.main_thread())

    def test_inside_a_deferred_call(self):
        self.assertEqual(result(silex.defer(silex.call_and_wait, lambda: 5)), 5)

    def test_an_exception_comes_through(self):
        raised = ValueError("x")

        def fails():
            raise raised

        with self.assertRaises(ValueError) as caught:
            Beside(lambda: silex.call_and_wait(fails)).outcome()
        self.assertIs(caught.exception, raised)
        with self.assertRaises(ValueError):
            silex.call_and_wait(fails)

    def test_a_timeout(self):
        waiting = Beside(lambda: silex.call_and_wait(int, timeout=0.001))
        with self.assertRaises(silex.TimedOut):
            waiting.outcome(pumps=False)

    def test_others_go_on_while_it_waits(self):
        # Were the GIL kept, nobody could answer.
        began, answered = threading.Event(), threading.Event()

        def waits():
            began.set()
            return silex.call_and_wait(answered.is_set)

        waiting = Beside(waits)
        self.assertTrue(began.wait(BOUND))
        answered.set()
        self.assertTrue(waiting.outcome())

    def test_result_on_the_main_thread_pumps(self):
        call = silex.worker(lambda: silex.call_and_wait(lambda: 7))
        self.assertEqual(result(call), 7)

    def test_a_predicate_that_raises_ends_the_pump(self):
        with self.assertRaises(ZeroDivisionError):
            silex.pump_until(lambda: 1 / 0)
        with self.assertRaises(silex.TimedOut):
            silex.pump_until(lambda: False, 0.001)

    def test_pumping_elsewhere_is_refused(self):
        with self.assertRaises(silex.WrongThread):
            Beside(lambda: silex.pump_until(lambda: True, BOUND)).outcome()
        call = silex.defer(int)
        with self.assertRaisesRegex(silex.WrongThread, r"result\(\)"):
            Beside(lambda: silex.pump_until(call, BOUND)).outcome()
        self.assertEqual(silex.pump_until(call, BOUND), 0)


class Callbacks(Started):
    def test_they_are_called_on_the_lane_in_order(self):
        told = []
        call = silex.defer(int)
        call.add_done_callback(lambda ended: told.append(("first", ended, threading.current_thread().name)))
        call.add_done_callback(lambda ended: told.append(("second", ended, threading.current_thread().name)))
        pump(lambda: len(told) == 2)
        self.assertEqual(told, [("first", call, "silex-lane"), ("second", call, "silex-lane")])

    def test_one_that_comes_late_is_called_too(self):
        call = silex.defer(int)
        result(call)
        told = threading.Event()
        call.add_done_callback(lambda ended: told.set())
        self.assertTrue(told.wait(BOUND))

    def test_one_that_raises_does_no_harm(self):
        told = threading.Event()

        def fails(call):
            raise ValueError("in a callback")

        with log() as written:
            call = silex.defer(int)
            call.add_done_callback(fails)
            call.add_done_callback(lambda ended: told.set())
            pump(told.is_set)
            self.assertIn("in a callback", written())

    def test_of_a_call_that_is_cancelled_or_times_out(self):
        # Told by the loop, which has no GIL.
        told = []
        cancelled, late = silex.defer(int), silex.defer(int, timeout=0.001)
        for call in (cancelled, late):
            call.add_done_callback(told.append)
        cancelled.cancel()
        until(lambda: len(told) == 2, "both are told")
        self.assertEqual(set(told), {cancelled, late})


class Futures(Started):
    def test_a_future_of_concurrent_futures(self):
        import concurrent.futures

        futures = [silex.worker(pow, 2, number).future() for number in range(5)]
        done, waiting = concurrent.futures.wait(futures, BOUND)
        self.assertFalse(waiting)
        self.assertEqual([future.result() for future in futures], [1, 2, 4, 8, 16])

    def test_its_exception_is_the_calls(self):
        future = silex.worker(lambda: 1 / 0).future()
        self.assertIsInstance(future.exception(BOUND), ZeroDivisionError)

    def test_cancelling_it_withdraws_the_call(self):
        ran = []
        call = silex.defer(ran.append, 1)
        future = call.future()
        self.assertTrue(future.cancel())
        self.assertTrue(future.cancelled())
        with self.assertRaises(silex.Cancelled):
            result(call)
        self.assertEqual(ran, [])

    def test_cancelling_it_while_the_lane_hears_of_it_tells_its_waiters_once(self):
        import concurrent.futures

        call = silex.defer(int)
        future = call.future()

        class EndsAtOnce:
            def cancel(self):
                future.call = call
                call.cancel()
                concurrent.futures.wait([future], BOUND)  # until the lane has told

        future.call = EndsAtOnce()
        self.assertTrue(future.cancel())
        self.assertTrue(future.cancelled())

    def test_it_is_cancelled_with_the_call(self):
        import concurrent.futures

        call = silex.defer(int)
        future = call.future()
        call.cancel()
        with self.assertRaises(concurrent.futures.CancelledError):
            future.result(BOUND)


if __name__ == "__main__":
    unittest.main()
