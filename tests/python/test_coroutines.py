"""run, await, and asyncio."""

import asyncio
import threading
import traceback
import unittest

import silex
from fixture import BOUND, Beside, Started, log, pump, result, until


class Run(Started):
    def test_a_coroutine_steps_on_the_lane(self):
        async def name():
            return threading.current_thread().name

        self.assertEqual(result(silex.run(name())), "silex-lane")

    def test_it_awaits_the_main_thread_and_workers(self):
        async def both():
            main = await silex.defer(threading.current_thread)
            worker = await silex.worker(threading.get_ident)
            return main, worker

        main, worker = result(silex.run(both()))
        self.assertIs(main, threading.main_thread())
        self.assertNotEqual(worker, threading.get_ident())

    def test_an_exception_is_raised_where_it_is_awaited(self):
        raised = ValueError("no such node")

        def fails():
            raise raised

        async def awaits():
            try:
                await silex.defer(fails)
            except ValueError as caught:
                return caught, "".join(traceback.format_tb(caught.__traceback__))

        caught, where = result(silex.run(awaits()))
        self.assertIs(caught, raised)
        self.assertIn("in awaits", where)
        self.assertIn("in fails", where)

    def test_its_own_exception_is_the_calls(self):
        async def fails():
            raise KeyError("x")

        with self.assertRaises(KeyError):
            result(silex.run(fails()))

    def test_many_at_once(self):
        async def one(number):
            return await silex.defer(lambda: number)

        async def all_of_them():
            return await asyncio.gather(*(one(number) for number in range(100)))

        self.assertEqual(result(silex.run(all_of_them())), list(range(100)))

    def test_calls_await_each_other(self):
        async def inner():
            return await silex.defer(lambda: 3)

        async def outer():
            return await silex.run(inner())

        self.assertEqual(result(silex.run(outer())), 3)

    def test_sleep_lets_others_go_on(self):
        order = []

        async def sleeps():
            await silex.sleep(0.02)
            order.append("late")

        async def goes_on():
            order.append("soon")

        async def both():
            await asyncio.gather(sleeps(), goes_on())

        result(silex.run(both()))
        self.assertEqual(order, ["soon", "late"])

    def test_what_is_no_coroutine_is_refused(self):
        async def function():
            pass

        with self.assertRaisesRegex(TypeError, "call the async function"):
            silex.run(function)


class Cancel(Started):
    def test_it_is_cancelled_where_it_waits(self):
        seen, began = [], threading.Event()

        async def waits():
            began.set()
            try:
                await silex.sleep(BOUND)
            except asyncio.CancelledError:
                seen.append("cancelled")
                raise

        call = silex.run(waits())
        self.assertTrue(began.wait(BOUND))
        call.cancel()
        with self.assertRaises(silex.Cancelled):
            result(call)
        self.assertEqual(seen, ["cancelled"])
        self.assertTrue(call.cancelled())

    def test_what_it_awaits_is_withdrawn(self):
        ran, began = [], threading.Event()

        async def waits():
            call = silex.defer(ran.append, 1)
            began.set()
            await call

        call = silex.run(waits())
        self.assertTrue(began.wait(BOUND))
        call.cancel()
        with self.assertRaises(silex.Cancelled):
            Beside(lambda: call.result(BOUND)).outcome(pumps=False)
        result(silex.defer(int))
        self.assertEqual(ran, [])

    def test_before_it_began_it_never_runs(self):
        release, ran = threading.Event(), []

        async def holds():
            release.wait(BOUND)

        async def never():
            ran.append(1)

        held = silex.run(holds())
        call = silex.run(never())
        call.cancel()
        release.set()
        with self.assertRaises(silex.Cancelled):
            result(call)
        result(held)
        self.assertEqual(ran, [])

    def test_made_but_not_begun_it_never_runs(self):
        # Both are made in one turn of the lane, so that the second one's first step waits behind the first's.
        gate, began, release, ran = threading.Event(), threading.Event(), threading.Event(), []

        async def gates():
            began.set()
            gate.wait(BOUND)

        async def holds():
            began.set()
            release.wait(BOUND)

        async def never():
            ran.append(1)

        gated = silex.run(gates())
        self.assertTrue(began.wait(BOUND))
        began.clear()
        held, call = silex.run(holds()), silex.run(never())
        gate.set()
        self.assertTrue(began.wait(BOUND))
        call.cancel()
        release.set()
        with self.assertRaises(silex.Cancelled):
            result(call)
        result(gated)
        result(held)
        self.assertEqual(ran, [])

    def test_a_stop_ends_coroutines_that_wait(self):
        async def waits():
            await silex.sleep(BOUND)

        async def awaits_the_host():
            await silex.defer(int)

        sleeping, pending = silex.run(waits()), silex.run(awaits_the_host())
        silex.stop()
        with self.assertRaises((silex.Cancelled, silex.HostGone)):
            sleeping.result(BOUND)
        with self.assertRaises((silex.Cancelled, silex.HostGone)):
            pending.result(BOUND)


class Lane(Started):
    def test_exit_in_a_coroutine_does_not_end_it(self):
        async def leaves():
            raise SystemExit(3)

        with log():
            call = silex.run(leaves())
            with self.assertRaises(SystemExit):
                result(call)

        async def works():
            return 1

        self.assertEqual(result(silex.run(works())), 1)

    def test_an_exception_in_a_callback_of_asyncio_is_in_the_log(self):
        async def schedules():
            def fails():
                raise ValueError("in call_soon")

            asyncio.get_running_loop().call_soon(fails)

        with log() as written:
            result(silex.run(schedules()))
            until(lambda: "in call_soon" in written(), "it is in the log")

    def test_waiting_there_is_refused(self):
        async def waits():
            return silex.defer(int).result()

        with self.assertRaisesRegex(silex.WouldDeadlock, "await it"):
            result(silex.run(waits()))

    def test_call_and_wait_there(self):
        async def waits():
            return silex.call_and_wait(threading.current_thread)

        self.assertIs(result(silex.run(waits())), threading.main_thread())

    def test_there_is_one(self):
        async def ident():
            return threading.get_ident()

        self.assertEqual(len({result(silex.run(ident())) for _ in range(20)}), 1)


class OtherLoops(Started):
    def test_calls_are_awaited_under_any_asyncio_loop(self):
        async def main():
            first = await silex.defer(threading.current_thread)
            second = await asyncio.gather(*(silex.worker(pow, 2, n) for n in range(4)))
            return first, second, threading.current_thread().name

        thread = Beside(lambda: asyncio.run(main()))
        first, second, name = thread.outcome()
        self.assertIs(first, threading.main_thread())
        self.assertEqual(second, [1, 2, 4, 8])
        self.assertNotEqual(name, "silex-lane")

    def test_an_asyncio_timeout_withdraws_the_call(self):
        ran = []

        async def main():
            call = silex.defer(ran.append, 1)
            with self.assertRaises(asyncio.TimeoutError):
                await asyncio.wait_for(call, 0.01)
            return call

        call = Beside(lambda: asyncio.run(main())).outcome(pumps=False)
        with self.assertRaises(silex.Cancelled):
            result(call)
        self.assertEqual(ran, [])

    def test_a_loop_that_is_gone_is_no_matter(self):
        async def main():
            call = silex.defer(int)
            asyncio.get_running_loop().call_soon(lambda: None)
            task = asyncio.ensure_future(silex_await(call))
            await asyncio.sleep(0)
            task.cancel()

        async def silex_await(call):
            return await call

        with log() as written:
            Beside(lambda: asyncio.run(main())).outcome(pumps=False)
            result(silex.defer(int))
            self.assertNotIn("Error", written())


if __name__ == "__main__":
    unittest.main()
