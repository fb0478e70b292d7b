"""Silex: an event loop, workers and actions inside your host, and calls on its main thread.

    import silex

    silex.start()                                  # once, on the main thread
    call = silex.defer(cmds.polyCube, width=2)     # from any thread, on the main thread; returns at once

    async def build():
        node = await silex.defer(cmds.polyCube)    # the host goes on meanwhile
        data = await silex.worker(read, path)      # on a worker: it may block
        return node, data

    call = silex.run(build())                      # steps on the Python lane, a thread of Silex's

Every call ends once: with a value, with the exception that it raised, or with silex.Cancelled, TimedOut or
HostGone. Where the host has no idle loop (mayapy, hython, blender -b, python), whoever waits on the main thread
pumps: ``call.result()`` and ``silex.pump_until()``.
"""

import sys as _sys


def _refuse_free_threading() -> None:
    if not hasattr(_sys, "_is_gil_enabled"):
        return
    import sysconfig

    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        raise ImportError(
            "silex can't be imported by a free-threaded build of Python (%s): use the build with the GIL, as hosts do"
            % _sys.version.split()[0]
        )


_refuse_free_threading()

try:
    from . import _silex
except ImportError as error:
    # Python says so itself since 3.12, before the extension can.
    if "subinterpreter" not in str(error):
        raise
    raise ImportError(
        "silex can't be imported in a sub-interpreter: its runtime belongs to the whole process; import it in the "
        "main interpreter"
    ) from None
from . import _call, _errors, _life, _log
from ._errors import (
    Busy,
    Cancelled,
    Error,
    HostGone,
    InvalidArgument,
    NotFound,
    NotRunning,
    TimedOut,
    WouldDeadlock,
    WrongThread,
)
from ._silex import Call, stop_requested
from ._status import ActionStatus, Status, status

__version__ = _silex.version

_MAIN_THREAD = 1  # as the C ABI numbers them

_silex.install(
    make_error=_errors.make_error,
    await_call=_call.await_call,
    make_future=_call.make_future,
    report=_log.report,
    traceback=_log.traceback_of,
    open_lane=_call.open_lane,
    read_json=_call.read_json,
    run_command=_call.run_command,
    find_command=_call.find_command,
    launch=_call.launch,
)


def __getattr__(name):
    # What annotations name; its modules take their time to be imported, and not everybody needs them.
    if name == "Action":
        from ._action import Action

        return Action
    if name == "CommandContext":
        from ._command import CommandContext

        return CommandContext
    raise AttributeError("module %r has no attribute %r" % (__name__, name))


def start(url=None, *, adapter=None, actions=None, config=None, context=None) -> None:
    """Start the runtime, and take the calling thread for the host's main thread. A second start does nothing.

    url: the Silex service's, ``ws://127.0.0.1:5118``; default: the variable SILEX_SERVICE_URL, or what the
    configuration says where one is named; without these, or as ``""``: no connection. adapter: its name; default: the one whose host this process is, or none. actions: folders of
    definitions; default: SILEX_ACTION_CONFIG. config: a YAML file; default: SILEX_CONFIG. context: who this host
    is to the service, ``{"name": ..., "project": ...}``; default: the variable SILEX_CONTEXT, as JSON. Users may start
    the actions that it names as ``"launchable": ["publish"]``; where it has no such list, what the service hands on.

    Main thread. Raises WrongThread, InvalidArgument, Error.
    """
    _life.start(url, adapter=adapter, actions=actions, config=config, context=context)


def stop() -> None:
    """Stop: whoever waits is told HostGone, coroutines are cancelled, threads are joined with a bound.

    Main thread. Does nothing where it is stopped already. Raises WrongThread.
    """
    _life.stop()


def is_running() -> bool:
    """Whether it is started and not yet stopping. Any thread; never blocks."""
    return _silex.is_running()


def defer(fn, /, *args, timeout=None, **kwargs) -> Call:
    """Queue fn(*args, **kwargs) for the host's main thread, in order of arrival, and return at once.

    timeout: seconds from now to the end of fn; it is then not started any more, or asked to stop. Any thread;
    never blocks. Raises NotRunning, HostGone.
    """
    return _silex.defer(_call.bound(fn, kwargs), args, timeout, 0)


def worker(fn, /, *args, timeout=None, **kwargs) -> Call:
    """As defer(), on a worker thread: for what blocks, and never for what touches the host's scene.

    Raises Busy where too much waits for a worker already.
    """
    return _silex.worker(_call.bound(fn, kwargs), args, timeout, 0)


def call_and_wait(fn, /, *args, timeout=None, **kwargs):
    """Run fn(*args, **kwargs) on the host's main thread, wait for it, and return its value or raise as it did.

    On the main thread it runs at once. In a coroutine prefer ``await silex.defer(...)``: this holds every other
    one. Any thread. Raises TimedOut, NotRunning, HostGone.
    """
    return _silex.call_and_wait(_call.bound(fn, kwargs), args, timeout)


def run(coroutine) -> Call:
    """Step a coroutine on the Python lane: one thread with an asyncio loop, started with the first one.

    Any thread; never blocks. ``cancel()`` of the call cancels the coroutine's task. Raises NotRunning.
    """
    name = getattr(coroutine, "__qualname__", None)
    if not hasattr(coroutine, "send") or not hasattr(coroutine, "close"):
        raise TypeError("%r is no coroutine: call the async function, and pass what it returns" % (coroutine,))
    if not _silex.is_running():
        coroutine.close()
        raise _errors.make_error(_errors.NOT_RUNNING, "silex is not running: call silex.start() first", "")
    from . import _lane

    return _lane.opened().run(coroutine, name or "a coroutine")


def sleep(seconds):
    """Await it to sleep in a coroutine, while others go on."""
    import asyncio

    return asyncio.sleep(seconds)


def pump_until(call_or_predicate, timeout=None):
    """Run deferred calls on the main thread until a call has ended, or a function returns true.

    Returns the call's value, or raises as it did; None for a function. For hosts without an idle loop. timeout:
    seconds; TimedOut when they are over. Main thread. Raises WrongThread, HostGone, NotRunning.
    """
    if isinstance(call_or_predicate, Call):
        if _silex.is_running() and _silex.current_thread() != _MAIN_THREAD:
            raise _errors.make_error(
                _errors.WRONG_THREAD,
                "pump on a thread that is not the host's main thread: wait there with result(), or await the call",
                "",
            )
        return call_or_predicate.result(timeout)
    return _silex.pump_until(call_or_predicate, timeout)


def command(path, parameters=None, *, on="main", ask_user=False, metadata=(), aliases=()):
    """Makes a function, or an `async def`, a command that actions may name.

        @silex.command("studio.Export", parameters={"file": "Path", "frames": {"type": "FrameSet", "value": "1-10"}})
        def export(context, file, frames):           # on the host's main thread; on="worker": on a worker
            context.log("writing " + file)
            return {"file": file}                    # its output, for commands that follow

        @silex.command("studio.Build")
        async def build(context):                    # steps on the Python lane
            name = await context.main_thread(make_node)
            await context.store("node", name)

        @build.undo
        async def unbuild(context): ...

    The first argument is a CommandContext; parameters that the function names come by their names, too. A
    parameter is a type ("str", "Path", ... or str, pathlib.Path, ...), or a dict with "type", "value", "label",
    "tooltip" and "hide". Any thread, before or after the start.
    """
    from . import _command

    return _command.command(path, parameters, on=on, ask_user=ask_user, metadata=metadata, aliases=aliases)


def action(name, category="action", **options):
    """Loads an action: ``silex.action("publish").set("export:file", path).execute()`` is a Call with its outputs.

    options: context (a dict; default: the session's), batch (nobody is asked), step_by_step, simplify. Reads
    files. Raises InvalidArgument, whose ``detail`` has a line for each error in the definition.
    """
    from . import _action

    return _action.Action(name, category, **options)


def actions():
    """The actions that run, of those that silex.action() made. Any thread; never blocks."""
    running = _life.of_loaded("_action", "running")
    return running() if running else []


def on(event, fn, nsp="/dcc/action") -> None:
    """Call fn(*arguments) on the Python lane for each such event of the service; None: no longer.

    What fn returns acknowledges the event, where the service wants that; an ``async def`` does so when it ends.
    Raises NotRunning where there is no connection. A later function takes the place of an earlier one.
    """
    from . import _events

    _events.on(event, fn, nsp)


def emit(nsp, event, *args, timeout=None) -> Call:
    """Emit an event to the service. The call's value is the list of what the service acknowledged it with.

    timeout: seconds for the acknowledgement; default 1. What is emitted while the service is away is sent later.
    Any thread; never blocks. Raises NotRunning, InvalidArgument.
    """
    from . import _events

    return _events.emit(nsp, event, *args, timeout=timeout)


def context() -> dict:
    """Who this host is to the service, with what was filled in: uuid, dcc, pid, user, name. {} without a service."""
    text = _silex.context()
    return _call.read_json(text) if text else {}


def log(message: str) -> None:
    """Write a line to the runtime's log. Any thread."""
    _log.log(message)
