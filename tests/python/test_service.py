"""At a Silex service: the hub, on npm's Socket.IO. Skipped where npm's packages are missing."""

import gc
import json
import os
import re
import subprocess
import tempfile
import threading
import unittest
import unittest.mock

import silex
from fixture import BOUND, definitions, log, result, until
from silex import _action

PEERS = os.environ.get("SILEX_TEST_PEERS_DIR", "")
SERVICE = os.path.join(PEERS, "silex_service.js")
SERVER_MODULES = os.path.join(PEERS, "node_modules")
HUB_MODULES = os.path.join(PEERS, "..", "..", "samples", "hub", "node_modules")

WAIT = "wait:\n  steps:\n    s:\n      commands:\n        c: {path: silex.Wait, parameters: {seconds: 1000}}\n"
SAY = "say:\n  steps:\n    s:\n      commands:\n        c: {path: test.Say, parameters: {word: hello}}\n"


@unittest.skipUnless(os.path.isdir(HUB_MODULES), "npm's packages of the hub are missing: tests/peers/setup.sh samples/hub")
class Service(unittest.TestCase):
    def setUp(self):
        self.service = subprocess.Popen(
            ["node", SERVICE, "{}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.addCleanup(self.service.stdout.close)
        self.addCleanup(self.service.stdin.close)
        self.addCleanup(self.service.wait)
        self.addCleanup(self.service.kill)
        line = self.service.stdout.readline()
        self.assertTrue(line.startswith("listening "), line)
        self.url = "ws://127.0.0.1:%d" % int(line.split()[1])
        root = definitions(self, wait=WAIT, say=SAY)
        silex.start(self.url, actions=root, context={"name": "shot_010", "launchable": ["say"]})
        self.addCleanup(silex.stop)
        until(lambda: silex.status().connection == "connected", "it is connected")

    def tell(self, **command):
        self.service.stdin.write(json.dumps(command) + "\n")

    def tell_host(self, event, data):
        self.tell(room=silex.context()["uuid"], event=event, data=data)

    def test_who_this_host_is(self):
        context = silex.context()
        self.assertEqual((context["name"], context["dcc"], context["pid"]), ("shot_010", "standalone", os.getpid()))
        self.assertEqual(silex.status().url, self.url)

    def test_the_configuration_names_the_service(self):
        silex.stop()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        file = os.path.join(folder.name, "silex.yml")
        with open(file, "w") as configuration:
            configuration.write("service:\n  url: %s\n" % self.url)
        without = {name: value for name, value in os.environ.items() if name != "SILEX_SERVICE_URL"}
        for config, variables in ((file, {}), (None, {"SILEX_CONFIG": file})):
            with unittest.mock.patch.dict(os.environ, {**without, **variables}, clear=True):
                silex.start(config=config)
                until(lambda: silex.status().connection == "connected", "it is connected")
                silex.stop()
        with unittest.mock.patch.dict(os.environ, without, clear=True):
            silex.start()
            self.assertEqual(silex.status().connection, "off")

    def test_the_environment_says_who_it_is(self):
        silex.stop()
        told = {"SILEX_CONTEXT": '{"project": "north", "name": "shot_020"}'}
        with unittest.mock.patch.dict(os.environ, told):
            silex.start(self.url)
            self.assertEqual((silex.context()["project"], silex.context()["name"]), ("north", "shot_020"))
            silex.stop()
            silex.start(self.url, context={"name": "mine"})
            self.assertNotIn("project", silex.context())

    def test_an_emit_is_acknowledged(self):
        (answer,) = result(silex.emit("/front-event", "anything", {"a": 1}, timeout=BOUND))
        self.assertEqual(answer["status"], 200)

    def test_it_comes_back_after_the_service_hung_up(self):
        before = silex.status()
        self.assertEqual(before.connection, "connected")
        looks = threading.Event()

        def is_away():
            looks.set()
            return silex.status().connection == "back-off"

        call = silex.worker(lambda: until(is_away, "it is away"))
        self.assertTrue(looks.wait(BOUND))
        self.tell(drop=True)
        result(call)
        until(lambda: silex.status().connection == "connected", "it is back")

    def test_events_are_heard_on_the_lane(self):
        heard = []
        silex.on("greet", lambda *arguments: heard.append((arguments, threading.current_thread().name)))
        result(silex.emit("/front-event", "sync", timeout=BOUND))  # it has joined everywhere
        until(self.in_room, "it is in its room")
        self.tell_host("greet", {"from": "service"})
        until(lambda: ((({"from": "service"},), "silex-lane")) in heard, "it is heard")
        silex.on("greet", None)

    def in_room(self):
        # A query completes for whoever is in the room; asked again until it is heard.
        heard = []
        silex.on("ping", lambda *arguments: heard.append(arguments))
        self.tell_host("ping", {})
        return bool(result(silex.worker(lambda: _soon(heard))))

    def test_a_user_cancels_an_action(self):
        until(self.in_room, "it is in its room")
        action = silex.action("wait")
        call = action.execute()
        until(lambda: action.status == "processing", "it runs")
        self.tell_host("clear", {"uuid": action.uuid})
        with self.assertRaises(silex.Cancelled):
            result(call)

    def test_a_user_launches_an_action(self):
        said = []

        @silex.command("test.Say", parameters={"word": str})
        def say(context, word):
            said.append(word)

        until(self.in_room, "it is in its room")
        self.tell_host("launch", {"action": "say", "parameters": {"s:c:word": "launched"}})
        silex.pump_until(lambda: said, BOUND)
        self.assertEqual(said, ["launched"])

    def test_what_was_launched_can_be_undone(self):
        undone, said = [], []

        @silex.command("test.Say", parameters={"word": str})
        def say(context, word):
            said.append(context.metadata)

        say.undo(lambda context: undone.append(1))
        until(self.in_room, "it is in its room")
        self.tell_host("launch", {"action": "say", "projectName": "north", "taskId": "7"})
        silex.pump_until(lambda: said and not silex.actions(), BOUND)
        self.assertEqual((said[0]["project"], said[0]["task_id"], said[0]["name"]), ("north", "7", "shot_010"))
        gc.collect()
        (kept,) = _action._launched
        self.tell_host("undo", {"uuid": kept.uuid, "full": True})
        silex.pump_until(lambda: undone, BOUND)
        silex.stop()
        self.assertEqual(len(_action._launched), 0)

    def test_a_host_that_offers_nothing_runs_what_the_service_hands_on(self):
        silex.stop()
        silex.start(self.url, actions=silex._life.action_roots(), context={"name": "shot_010"})
        until(lambda: silex.status().connection == "connected", "it is connected")
        said = []
        silex.command("test.Say", parameters={"word": str})(lambda context, word: said.append(word))
        until(self.in_room, "it is in its room")
        self.tell_host("launch", {"action": "say"})
        silex.pump_until(lambda: said, BOUND)
        self.assertEqual(said, ["hello"])

    def test_what_is_not_offered_is_not_launched(self):
        with log() as written:
            until(self.in_room, "it is in its room")
            self.tell_host("launch", {"action": "wait"})
            until(lambda: "does not offer" in written(), "it is refused")
        self.assertEqual(silex.actions(), [])


@unittest.skipUnless(os.path.isdir(HUB_MODULES), "npm's packages of the hub are missing: tests/peers/setup.sh samples/hub")
class Refused(unittest.TestCase):
    def test_a_service_that_wants_a_token(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        hub = subprocess.Popen(
            ["node", os.path.join(HUB_MODULES, "..", "main.js"), "--port", "0", "--end-with-input", "--token-file",
             os.path.join(folder.name, "token")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        for last in (hub.stdout.close, hub.wait, hub.kill, hub.stdin.close):
            self.addCleanup(last)
        port = int(re.search(r":(\d+)", hub.stdout.readline()).group(1))
        seen = set()

        def is_refused():
            now = silex.status()
            seen.add(now.connection)
            return now.connection == "back-off"

        silex.start("ws://127.0.0.1:%d" % port)
        self.addCleanup(silex.stop)
        until(is_refused, "it is refused")
        self.assertNotIn("connected", seen)
        self.assertIn("token", silex.status().message)
        self.assertIn("token", silex.status().last_warning)


@unittest.skipUnless(os.path.isdir(SERVER_MODULES), "npm's Socket.IO is missing: tests/peers/setup.sh")
class Acknowledged(unittest.TestCase):
    """At a server that asks, and hands back what it is answered."""

    def setUp(self):
        server = subprocess.Popen(
            ["node", os.path.join(PEERS, "socketio_server.js"), "{}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        for last in (server.stdout.close, server.wait, server.kill, server.stdin.close):
            self.addCleanup(last)
        silex.start("ws://127.0.0.1:%d" % int(server.stdout.readline().split()[1]))
        self.addCleanup(silex.stop)

    def asked(self, question):
        return result(silex.emit("/dcc", "ask", question, timeout=BOUND))

    def test_by_a_function(self):
        silex.on("question", lambda question: question + "!", nsp="/dcc")
        self.assertEqual(self.asked("why"), ["why!"])

    def test_by_a_coroutine_when_it_ends(self):
        async def answers(question):
            await silex.sleep(0)
            return [question, await silex.worker(threading.get_ident) != threading.get_ident()]

        silex.on("question", answers, nsp="/dcc")
        self.assertEqual(self.asked("why"), [["why", True]])

    def test_what_a_coroutine_raises_is_in_the_log(self):
        async def fails(question):
            raise KeyError("no such node")

        silex.on("question", fails, nsp="/dcc")
        with log() as written:
            call = silex.emit("/dcc", "ask", "why", timeout=BOUND)
            until(lambda: "no such node" in written(), "it is in the log")
            self.assertIn("who listens to 'question' raised", written())
            self.assertIn("in fails", written())
        call.cancel()

    def test_a_stop_while_a_coroutine_goes_on(self):
        began = threading.Event()

        async def never_ends(question):
            began.set()
            await silex.sleep(BOUND)

        silex.on("question", never_ends, nsp="/dcc")
        with log() as written:
            call = silex.emit("/dcc", "ask", "why", timeout=BOUND)
            self.assertTrue(began.wait(BOUND))
            silex.stop()
            with self.assertRaises((silex.Cancelled, silex.HostGone)):
                result(call)
            self.assertNotIn("Error", written())


class Nowhere(unittest.TestCase):
    def test_without_a_service(self):
        silex.start(url="")
        self.addCleanup(silex.stop)
        with self.assertRaisesRegex(silex.NotRunning, "no connection to a service"):
            silex.emit("/front-event", "x")
        with self.assertRaisesRegex(silex.NotRunning, "no connection to a service"):
            silex.on("x", print)
        self.assertEqual(silex.context(), {})


def _soon(heard):
    import time

    end = time.monotonic() + 0.5
    while not heard and time.monotonic() < end:
        time.sleep(0.005)
    return list(heard)


if __name__ == "__main__":
    unittest.main()
