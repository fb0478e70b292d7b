"""Actions that Python runs, and their handles."""

import collections
import copy
import threading
from typing import Any, Deque, Dict, List, Optional

from . import _command, _errors, _json, _life, _silex

_BATCH, _STEP_BY_STEP, _SIMPLIFY = 1, 2, 4

STATUSES = ("completed", "initialized", "waiting_for_response", "processing", "invalid", "error")


def _merge(into: Dict, diff: Dict) -> None:
    for key, value in diff.items():
        known = into.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            _merge(known, value)
        else:
            into[key] = value


class Action:
    """One action. Any thread; nothing blocks, but for making it, which reads files.

    It is closed when its last handle goes: then the service forgets it, and it can't be undone any more.
    """

    def __init__(self, name, category="action", *, context=None, batch=False, step_by_step=False, simplify=False):
        if not isinstance(context, (dict, type(None))):
            raise _errors.InvalidArgument("the action's context is %r; allowed: a dict, or None" % (context,))
        flags = (_BATCH if batch else 0) | (_STEP_BY_STEP if step_by_step else 0) | (_SIMPLIFY if simplify else 0)
        _command.open_lane_for_commands()
        self._handle = _silex.action_open(
            name, category, _life.action_roots(), None if context is None else _json.write(context), flags
        )
        _command.open_lane_for_commands()  # for those that were imported only now
        self._lock = threading.RLock()
        self._runs = 0
        self._state: Dict[str, Any] = _json.read(_silex.action_read(self._handle))
        self.uuid: str = self._state["uuid"]
        self.name: str = self._state["name"]

    def read(self) -> Dict[str, Any]:
        """The whole action, as its users see it: a copy."""
        with self._lock:
            return copy.deepcopy(self._read())

    def _read(self) -> Dict[str, Any]:
        with self._lock:
            changes = _silex.action_changes(self._handle)
            if changes is None:
                self._state = _json.read(_silex.action_read(self._handle))
            else:
                for change in map(_json.read, changes):
                    if "name" in change:  # the whole action
                        self._state = change
                    else:
                        _merge(self._state, change)
            return self._state

    @property
    def label(self) -> str:
        return self._read().get("label") or self.name

    @property
    def status(self) -> str:
        """One of "initialized", "processing", "waiting_for_response", "completed", "invalid" and "error"."""
        return STATUSES[self._read().get("status", 1)]

    @property
    def progress(self) -> Optional[float]:
        """0 to 100: what share of its commands is done; None where it has none to be seen."""
        done = []
        with self._lock:  # another thread may merge changes meanwhile
            for step in self._read().get("steps", {}).values():
                for command in step.get("commands", {}).values():
                    if command.get("status") == 0:
                        done.append(100.0)
                    else:
                        done.append(float(command.get("progress") or 0.0))
        return sum(done) / len(done) if done else None

    def set(self, path, value) -> "Action":
        """Sets a parameter, "[step:[command:]]name". Returns the action. Raises InvalidArgument."""
        _silex.action_set(self._handle, path, _json.write(value))
        return self

    def execute(self) -> "_silex.Call":
        """Runs it from the first command that has not completed on.

        The call's value is {step: {command: output}}. Where a command failed it raises silex.Error, whose
        ``detail`` is the traceback, and whose ``__cause__`` the command's exception. Raises Busy.
        """
        return self._begun(_silex.action_execute(self._handle, self.name))

    def undo(self, all=False) -> "_silex.Call":
        """Takes back the last command that ran, or with all every one."""
        return self._begun(_silex.action_undo(self._handle, "undo " + self.name, all))

    def _begun(self, call) -> "_silex.Call":
        with self._lock:
            self._runs += 1
            _running[self.uuid] = self
        call.add_done_callback(self._at_rest)
        return call

    def _at_rest(self, call) -> None:
        # An undo ends the run that it interrupts, and goes on.
        with self._lock:
            self._runs -= 1
            if self._runs == 0:
                _running.pop(self.uuid, None)

    def pause(self) -> None:
        """Stops before the next command."""
        _silex.action_do(self._handle, "pause", "")

    def resume(self) -> None:
        _silex.action_do(self._handle, "resume", "")

    def cancel(self) -> None:
        """Cancels what runs: deferred calls are withdrawn, those that run are asked to stop."""
        _silex.action_do(self._handle, "cancel", "")

    def skip(self, command) -> None:
        """Skips the command "[step:]command"."""
        _silex.action_do(self._handle, "skip", command)

    def answer(self, answer) -> None:
        """What it waits for: {"step:command:parameter": value}, or the diff that a page would send."""
        if "steps" not in answer:
            steps: Dict[str, Any] = {}
            for path, value in answer.items():
                parts = path.split(":")
                if len(parts) != 3:
                    parts = self._place_of(parts)
                step = steps.setdefault(parts[0], {"commands": {}})
                command = step["commands"].setdefault(parts[1], {"parameters": {}})
                command["parameters"][parts[2]] = {"value": value}
            answer = {"steps": steps}
        _silex.action_do(self._handle, "answer", _json.write(answer))

    def _place_of(self, parts: List[str]) -> List[str]:
        for step_name, step in self.read().get("steps", {}).items():
            for command_name, command in step.get("commands", {}).items():
                if len(parts) == 2 and parts[0] != command_name:
                    continue
                if parts[-1] in command.get("parameters", {}):
                    return [step_name, command_name, parts[-1]]
        raise _errors.InvalidArgument("the action %r has no parameter %r" % (self.name, ":".join(parts)))

    def close(self) -> None:
        """Ends it: what runs is cancelled, the service forgets it. Nothing can be done with it any more."""
        _silex.action_do(self._handle, "close", "")

    def __repr__(self) -> str:
        return "<silex.Action %r %s>" % (self.name, self.uuid)


_running: Dict[str, Action] = {}
# What users launched stays to be seen and undone, for a while, though no script has it.
_launched: Deque[Action] = collections.deque(maxlen=20)
# What a launch says of its context, and what it is called there.
_OF_LAUNCHES = {"projectName": "project", "taskId": "task_id"}


def running() -> List[Action]:
    return list(_running.values())


def launch(text: str) -> None:
    """A user starts an action here, by a name that the context offers. What goes wrong is in the log."""
    wanted = _json.read(text)
    name = wanted.get("action")
    context = _json.read(_silex.context() or "{}")
    if "launchable" in context:  # else the service is trusted to hand on what may be launched
        offered = [offer.get("name") if isinstance(offer, dict) else offer for offer in context["launchable"] or []]
        if name not in offered:
            raise _errors.InvalidArgument(
                "a user launches %r, which this host does not offer: it offers %s" % (name, offered)
            )
    asked = {key: wanted[sent] for sent, key in _OF_LAUNCHES.items() if wanted.get(sent) is not None}
    action = Action(name, context=dict(context, **asked) if asked else None)
    for path, value in (wanted.get("parameters") or {}).items():
        action.set(path, value)
    _launched.append(action)
    action.execute()


def forget_launched() -> None:
    """Closes the launched actions that nobody else has."""
    _launched.clear()
