"""A stand-in for Blender's `bpy`: timers, handlers, loading of files, add-ons and the end, as far as an adapter can
see them. What is not Blender's own starts with an underscore.
"""

import os
import sys
import types

import clock
import embedded
import frame

# Where the native part is.
sys.path.append(os.environ["SILEX_BLENDER_TIMERS"])
import _timers  # noqa: E402

_quirks = types.SimpleNamespace(minimised=False)


class _Restricted:
    """What `bpy.data` and `bpy.context` are while an add-on registers."""

    def __getattr__(self, name):
        raise AttributeError(f"'_RestrictData' object has no attribute '{name}'")


_restricted = _Restricted()
_data = types.SimpleNamespace(filepath="")
_context = types.SimpleNamespace(scene=types.SimpleNamespace(name="Scene"))
data = _data
context = _context


# --- Handlers


def _persistent(function):
    if not isinstance(function, types.FunctionType):
        raise ValueError("bpy.app.handlers.persistent expected a function")
    function._bpy_persistent = None
    return function


_handlers = types.SimpleNamespace(persistent=_persistent, load_pre=[], load_post=[])


def _drop_handlers():
    for value in vars(_handlers).values():
        if isinstance(value, list):
            value[:] = [function for function in value if hasattr(function, "_bpy_persistent")]


def _call_handlers(functions):
    for function in list(functions):
        try:
            function(None, None)
        except Exception as error:
            embedded.fatal(f"a handler raised {error!r}")


def _be_version(*version):
    """Blender has the hook `exit_pre` from 5.1 on."""
    app.version = version
    if version >= (5, 1, 0):
        _handlers.exit_pre = []


app = types.SimpleNamespace(
    timers=_timers,
    handlers=_handlers,
    background=embedded.mode() == "batch",
    binary_path="/usr/bin/blender",
    version=(3, 4, 1),
)


# --- Files, add-ons, the end


def _open_mainfile(filepath):
    _call_handlers(_handlers.load_pre)
    _timers._on_file_load()
    _drop_handlers()
    _data.filepath = filepath
    _call_handlers(_handlers.load_post)


def _quit_blender():
    embedded.quit("finalize")


ops = types.SimpleNamespace(wm=types.SimpleNamespace(open_mainfile=_open_mainfile, quit_blender=_quit_blender))

_addons = []


def _enable(addon):
    """Enables an add-on: its register() sees neither data nor context."""
    global data, context
    data = context = _restricted
    try:
        addon.register()
    finally:
        data, context = _data, _context
    _addons.append(addon)


def _disable(addon):
    _addons.remove(addon)
    addon.unregister()


@frame.on_close
def _exit():
    """In Blender's order; what is left then is the end of Python."""
    if hasattr(_handlers, "exit_pre"):
        _call_handlers(_handlers.exit_pre)
    for addon in list(_addons):
        _disable(addon)
    _timers._free()


# --- The main loop: 5 ms a turn

_due_in_a_row = 0


def _turn():
    global _due_in_a_row
    clock.turn()
    if app.background:
        return
    before = _timers._figures()["calls"]
    _timers._execute(clock.now())
    fired = _timers._figures()["calls"] > before
    _due_in_a_row = _due_in_a_row + 1 if fired else 0
    # https://github.com/McManning/Coherence/issues/36
    if _quirks.minimised and _due_in_a_row > 400:
        embedded.fatal("a timer that is always due hangs a minimised Blender")


embedded.set_turn(_turn)
