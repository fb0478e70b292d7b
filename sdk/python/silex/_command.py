"""Commands written in Python: what an action's steps run."""

import asyncio
import importlib
import inspect
import pathlib
import sys
from typing import Any, Callable, Dict, Optional

from . import _call, _errors, _json, _log, _silex

_OK = 0
_TURN_SECONDS = 5.0
_EXCEPTION = 8

# What types of Python are called on the wire.
_TYPES = {
    str: "str",
    int: "int",
    float: "float",
    bool: "bool",
    pathlib.Path: "Path",
    list: {"name": "list", "itemType": {"name": "any"}},
    dict: {"name": "dict", "key": {"name": "str"}, "value": {"name": "any"}},
}


def type_on_wire(kind):
    """A parameter's type, given as a name, as {"name": ...} or as a type of Python's."""
    if isinstance(kind, (str, dict)):
        return kind
    if kind in _TYPES:
        return _TYPES[kind]
    raise _errors.InvalidArgument(
        "%r is no type of a parameter: pass a name such as 'Path', a dict with it, or one of %s"
        % (kind, ", ".join(sorted(known.__name__ for known in _TYPES)))
    )


def declare_parameter(name, given) -> Dict[str, Any]:
    """A parameter as the runtime wants it declared. `given`: a type, or a dict with "type" and more."""
    if not isinstance(given, dict) or not {"type", "value", "label", "tooltip", "hide"} & set(given):
        given = {"type": given}
    declared = {key: value for key, value in given.items() if value is not None}
    if "type" in declared:
        declared["type"] = type_on_wire(declared["type"])
    return declared


class Command:
    """One kind of command, as the runtime's requests find it."""

    def __init__(self, path, execute, on) -> None:
        self.path = path
        self.execute = execute
        self.undo: Optional[Callable] = None
        self.setup: Optional[Callable] = None
        self.on = on

    async def run(self, context: "CommandContext", kind: str):
        function = getattr(self, kind)
        arguments = _arguments(function, context.parameters)
        if inspect.iscoroutinefunction(function):
            return await function(context, **arguments)
        call = context.main_thread if self.on == "main" else context.worker
        return await call(function, context, **arguments)


def _arguments(function, parameters) -> Dict[str, Any]:
    """The parameters that a function wants by name, beside the context."""
    wanted = list(inspect.signature(function).parameters.values())[1:]
    if any(one.kind is one.VAR_KEYWORD for one in wanted):
        return dict(parameters)
    return {one.name: parameters[one.name] for one in wanted if one.name in parameters}


def command(path, parameters=None, *, on="main", ask_user=False, metadata=(), aliases=()):
    """See silex.command()."""
    if on not in ("main", "worker"):
        raise _errors.InvalidArgument("on is %r; allowed: 'main' or 'worker'" % (on,))
    declaration = {
        "path": path,
        "aliases": list(aliases),
        "ask_user": bool(ask_user),
        "metadata": list(metadata),
        "parameters": {name: declare_parameter(name, given) for name, given in (parameters or {}).items()},
    }

    def decorate(function):
        if not callable(function):
            raise TypeError("%r can't be called: put @silex.command(...) over a function" % (function,))
        made = Command(path, function, on)

        def register():
            add(made, declaration)
            return function

        def undo(takes_back):
            """Decorates the function that takes back what this one did."""
            made.undo = takes_back
            register()
            return takes_back

        def setup(prepares):
            """Decorates the function that prepares the command, before it runs and after each answer."""
            made.setup = prepares
            register()
            return prepares

        try:
            function.undo, function.setup, function.path = undo, setup, path
        except AttributeError:  # a method, or a function that is not Python's
            raise _errors.InvalidArgument(
                "%r can't be made the command '%s', since it takes no attributes, such as undo: pass a function that "
                "calls it" % (function, path)
            ) from None
        return register()

    return decorate


_any = False


def add(made, declaration) -> None:
    """Makes it known to the runtime, now and at each start."""
    global _any
    _any = True
    _silex.add_command(
        _json.write(declaration), declaration["path"], made, made.undo is not None, made.setup is not None
    )
    if _silex.is_running():
        open_lane_for_commands()


def open_lane_for_commands() -> None:
    """The loop can't start the lane: it must run before a command is asked for."""
    if _any and not _silex.lane_is_open():
        from . import _lane

        _lane.opened()


def find_command(path: str) -> None:
    """An action names a command that is not known: where its path is a module's, that is imported.

    What the module registers with @silex.command is there then; a class of the Python client's is adapted. What
    fails is the cause of the error that there is no such command.
    """
    _unfound.pop(path, None)
    try:
        _import_command(path)
    except BaseException as exception:
        _remember(_unfound, path, exception)
        raise


def _import_command(path: str) -> None:
    module_name, _, name = path.rpartition(".")
    if not module_name or module_name == "silex":
        return
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as missing:
        if missing.name and (module_name + ".").startswith(missing.name + "."):
            return  # there is no such module: the runtime says that there is no such command
        raise
    found = getattr(module, name, None)
    adapt = sys.modules.get("silex_client.action.command_base")
    if adapt is not None and found is not None:
        adapt.add_class(path, found)
    open_lane_for_commands()


_failures: Dict[str, BaseException] = {}  # by their tracebacks
_unfound: Dict[str, BaseException] = {}  # by the paths of the commands that could not be imported
_FAILURES = 32


def failure_of(detail: str) -> Optional[BaseException]:
    """The exception whose traceback this is, or that left an action without one of its commands."""
    for path, exception in list(_unfound.items()):
        if "'%s', which no command has" % path in detail:
            return exception
    return _failures.get(detail)


def _remember(among: Dict[str, BaseException], what: str, exception: BaseException) -> None:
    while len(among) >= _FAILURES:
        among.pop(next(iter(among)))
    among[what] = exception


def run_command(run, made, kept, kind, parameters, context):
    """Starts a command's execute, undo or setup on the lane; returns what cancels it."""
    seen = CommandContext(run, kept, _json.read(parameters), _json.read(context))
    task = asyncio.get_running_loop().create_task(made.run(seen, kind))
    task.add_done_callback(lambda done: _end(run, made.path, kind, done))
    return task.cancel


def _end(run, path, kind, task) -> None:
    try:
        ends = _outcome(kind, task)
    except BaseException as second:  # the action would wait for ever
        ends = _EXCEPTION, None, "'%s' failed, and why can't be told" % path, _log.traceback_of(second)
    status, value, message, detail = ends
    try:
        _silex.run_end(run, status, value, _log.plain(message), _log.plain(detail))
    except _errors.HostGone:  # the runtime has stopped without us
        pass


def _outcome(kind, task):
    """How a command's task has ended: a status, the output as JSON, a sentence and a traceback."""
    value, status, message, detail = None, _OK, "", ""
    exception = None if task.cancelled() else task.exception()
    if task.cancelled() or isinstance(exception, _errors.Cancelled):
        status = _errors.CANCELLED
    elif exception is None:
        try:
            value = _json.write(task.result()) if kind == "execute" else None
        except Exception as unwritable:
            exception = unwritable
            message = "its output can't be handed on: %s" % unwritable
    if exception is not None and status == _OK:
        status = _EXCEPTION
        detail = _log.traceback_of(exception)
        message = message or "%s: %s" % (type(exception).__name__, _text(exception))
        _remember(_failures, _log.plain(detail), exception)
    return status, value, message, detail


def _text(exception) -> str:
    try:
        return str(exception)
    except Exception as second:  # its __str__ raises
        return "no text can be made of it: %s" % type(second).__name__


class CommandContext:
    """What a command is given: its parameters, and what it may ask and say.

    ``log``, ``progress`` and the attributes are for any thread; what is awaited, for coroutines.
    """

    def __init__(self, run, kept, parameters, metadata) -> None:
        self._run = run
        self._task = _silex.run_task(run)
        #: the value of each parameter, cast to its type
        self.parameters: Dict[str, Any] = parameters
        #: the context of the action: project, task, user ...
        self.metadata: Dict[str, Any] = metadata
        #: what execute() keeps here, undo() finds here; of this command in this action alone
        self.kept: Dict[str, Any] = kept

    def log(self, message, level="info") -> None:
        """A line in the command's log, which users see from "info" up. Any thread; never blocks."""
        if level not in _LEVELS:
            raise _errors.InvalidArgument(
                "the level of a line in the log is %r; allowed: %s" % (level, ", ".join(map(repr, _LEVELS)))
            )
        _silex.run_log(self._run, _LEVELS[level], _log.plain(str(message)))

    def progress(self, percent) -> None:
        """How far it is: 0 to 100; None: not known. Any thread; never blocks."""
        _silex.run_progress(self._run, -1.0 if percent is None else float(percent))

    async def main_thread(self, fn, /, *args, timeout=None, **kwargs):
        """As silex.defer(), on behalf of the command: a cancelled one goes on when fn has ended."""
        return await _ended(_silex.defer(_call.bound(fn, kwargs), args, timeout, self._task))

    async def worker(self, fn, /, *args, timeout=None, **kwargs):
        """As silex.worker(), on behalf of the command."""
        return await _ended(_silex.worker(_call.bound(fn, kwargs), args, timeout, self._task))

    async def prompt(self, parameters) -> Dict[str, Any]:
        """Asks the user: {name: {"type", "value", "label", ...}}. Returns {name: value}."""
        declared = {name: declare_parameter(name, given) for name, given in parameters.items()}
        return await self._ask("prompt", declared)

    async def stored(self, key):
        """A value of the action's store, which its commands share; None where there is none."""
        return await self._ask("stored", None, key)

    async def store(self, key, value) -> None:
        """Stores a value under a name, or names with ":" between them."""
        await self._ask("store", value, key)

    def store_soon(self, key, value) -> None:
        """As store(), without waiting for it."""
        _silex.run_ask(self._run, "store", key, _json.write(value))

    def stored_now(self, key):
        """As stored(), for what is no coroutine: it waits for a turn of the loop, which never waits for us."""
        call = _silex.run_ask(self._run, "stored", key, "null")
        if not _silex.wait_here(call, _TURN_SECONDS):
            raise _errors.TimedOut("somebody holds the event loop: the store can't be read")
        return _silex.outcome(call)

    async def edit(self, change) -> None:
        """Changes how users see the command: {"label", "tooltip", "hide", "parameters": {name: {...}}}."""
        if "parameters" in change:
            declared = {name: _edited(given) for name, given in change["parameters"].items()}
            change = dict(change, parameters=declared)
        await self._ask("edit", change)

    async def run_action(self, name, category="action", parameters=None) -> Dict[str, Any]:
        """Runs another action, which is undone with this command. Returns {step: {command: output}}."""
        return await self._ask("run_action", {"name": name, "category": category, "parameters": parameters or {}})

    async def insert_action(self, name, category="action", parameters=None, label="", hide_commands=False):
        """Adds the steps of another action after the present one. Returns {name there: name here} of the steps."""
        request = {"name": name, "category": category, "parameters": parameters or {}, "hide_commands": hide_commands}
        if label:
            request["label"] = label
        return await self._ask("insert_action", request)

    async def exit_step(self) -> None:
        """Skips the commands of the present step that follow."""
        await self._ask("exit_step", None)

    async def _ask(self, what, request, key=""):
        call = _silex.run_ask(self._run, what, key, _json.write(request))
        try:
            return await call
        except asyncio.CancelledError:
            _silex.run_withdraw(self._run, call)
            raise


_LEVELS = {"debug": 0, "info": 1, "warning": 2, "error": 3, "critical": 4}


def _edited(given):
    return dict(given, type=type_on_wire(given["type"])) if "type" in given else given


async def _ended(call):
    """Waits for a call. Cancelled meanwhile, it is withdrawn, and its end waited for: what a command began is
    over before it goes on, and may be undone."""
    try:
        return await call
    except asyncio.CancelledError:
        if not call.done():
            over = asyncio.get_running_loop().create_future()
            call.add_done_callback(lambda _: over.done() or over.set_result(None))
            await over
        call.exception()  # seen: it was withdrawn
        raise
