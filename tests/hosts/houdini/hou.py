"""A stand-in for SideFX's `hou`: the event loop, the HOM lock, loading of scenes and the end, as far as an adapter
can see them. What is not Houdini's own starts with an underscore; `_quirks` chooses where Houdini's behaviour is not
known.
"""

import functools
import threading
import traceback
import types

import clock
import embedded
import frame
import steps

TICK = 0.05  # seconds between two rounds of the event-loop callbacks


class Error(Exception):
    pass


class OperationFailed(Error):
    pass


_quirks = types.SimpleNamespace(
    mutated=False,  # callbacks are walked in the live list, not in a copy
    load_drops_callbacks=False,
)
_offences = []  # what nothing documents as allowed, and what was done all the same
_errors = []  # of callbacks

# --- The HOM lock: whoever calls `hou` holds it meanwhile, and a cook holds it throughout.

_hom_lock = threading.RLock()


def _isCurrentThreadHoldingHOMLock():
    return _hom_lock._is_owned()


def _locked(function):
    @functools.wraps(function)
    def call(*arguments, **keywords):
        with _hom_lock:
            return function(*arguments, **keywords)

    return call


@_locked
def _cook(begun, until, seconds):
    """A cook on the calling thread: it holds the HOM lock, not the GIL, and the event loop stands still. Sets `begun`,
    and ends when `until` is set: whether it was in time."""
    begun.set()
    return until.wait(seconds)


def isUIAvailable():
    return embedded.mode() == "gui"


def applicationName():
    return "houdinifx" if isUIAvailable() else "hython"


# --- The event loop


def _on_main_thread(name):
    if not embedded.is_main_thread():
        _offences.append(f"hou.ui.{name}() off the main thread")


class _UI:
    def __init__(self):
        self._callbacks = []
        self._posted = []
        self._due = clock.now() + TICK
        self.ticks = 0

    @_locked
    def addEventLoopCallback(self, callback):
        _on_main_thread("addEventLoopCallback")
        self._callbacks.append(callback)

    @_locked
    def removeEventLoopCallback(self, callback):
        _on_main_thread("removeEventLoopCallback")
        if callback not in self._callbacks:
            raise OperationFailed("The callback was not previously registered.")
        self._callbacks.remove(callback)

    @_locked
    def eventLoopCallbacks(self):
        return tuple(self._callbacks)

    @_locked
    def postEventCallback(self, callback):
        _on_main_thread("postEventCallback")
        self._posted.append(callback)

    @_locked
    def removePostedEventCallback(self, callback):
        if callback in self._posted:
            self._posted.remove(callback)

    def waitUntil(self, callback):
        """A nested event loop: calls the callback until it returns True, and everything else meanwhile."""
        if not embedded.nested(callback, steps.PATIENCE):
            embedded.fatal("hou.ui.waitUntil() waits for ever")

    def _turn(self):
        with _hom_lock:
            posted, self._posted = self._posted, []
        for callback in posted:
            _call(callback)
        if clock.now() < self._due:
            return
        # From now on, not from when it was due: what was missed while Houdini was busy is not made up for.
        self._due = clock.now() + TICK
        self.ticks += 1
        if _quirks.mutated:
            self._walk()
        else:
            for callback in self.eventLoopCallbacks():
                _call(callback)

    def _walk(self):
        index = 0
        while index < len(self._callbacks):
            _call(self._callbacks[index])
            index += 1


def _call(callback):
    try:
        callback()
    except Exception as error:
        traceback.print_exc()
        _errors.append(error)


# --- Scenes


class _HipFile:
    """What is loaded is only a name; the scripts of a load run, in Houdini's order."""

    def __init__(self):
        self._name = "untitled.hip"
        self._callbacks = []

    def name(self):
        return self._name

    @_locked
    def addEventCallback(self, callback):
        self._callbacks.append(callback)

    @_locked
    def removeEventCallback(self, callback):
        if callback not in self._callbacks:
            raise OperationFailed("The callback was not previously registered.")
        self._callbacks.remove(callback)

    @_locked
    def eventCallbacks(self):
        return tuple(self._callbacks)

    def _tell(self, event):
        for callback in self.eventCallbacks():
            callback(event)

    def clear(self):
        self._change("Clear", "untitled.hip")

    def load(self, name):
        self._change("Load", name)

    def _change(self, what, name):
        self._tell("Before" + what)
        if _quirks.load_drops_callbacks and isUIAvailable():
            ui._callbacks.clear()
        self._name = name
        if _script_456:
            _script_456()
        self._tell("After" + what)


_script_456 = None  # runs at every load and every clear


def _set_456(function):
    """The first 456.py on HOUDINI_PATH."""
    global _script_456
    _script_456 = function
    return function


hipFile = _HipFile()

# --- The end

_exit_wanted = False


def exit(exit_code=0, suppress_save_prompt=False):
    """Queues the real shutdown, so that it may be called from any thread, and raises SystemExit."""
    global _exit_wanted
    _exit_wanted = True
    raise SystemExit(exit_code)


def _turn():
    clock.turn()
    if _exit_wanted:
        embedded.quit("finalize")
        return
    if isUIAvailable():
        ui._turn()


@frame.on_close
def _about_to_quit():
    """Qt's application ends, in Qt's own way; Python and its atexit come after."""
    import sys

    core = sys.modules.get("PySide2.QtCore") or sys.modules.get("PySide6.QtCore")
    application = core and core.QCoreApplication.instance()
    if application:
        core.QTimer.singleShot(0, application.quit)
        application.exec_()


if isUIAvailable():
    ui = _UI()
embedded.set_turn(_turn)
