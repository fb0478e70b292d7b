"""The native test library inside Blender, as the scripts of the scenarios use it."""

import atexit
import ctypes
import json
import os
import traceback

_library = ctypes.CDLL(os.environ["SILEX_PROBE"])
_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_char), ctypes.c_int
)
for _name in ("open", "close", "stop", "start", "play", "pump", "json"):
    getattr(_library, "probe_" + _name).restype = ctypes.c_char_p

figures = {}  # what the script itself saw
_functions = {}


def on_main_thread(function):
    """Makes the function callable from the scenario, by its name; it is given a number."""
    _functions[function.__name__] = function
    return function


def _call(what, index, text, size):
    try:
        answer, right = _functions[what.decode()](index), 1
    except Exception:
        answer, right = traceback.format_exc(), 0
    encoded = str(answer).encode()[: size - 1] + b"\0"
    ctypes.memmove(text, encoded, len(encoded))
    return right


_callback = _Callback(_call)
_library.probe_python(_callback)


def _checked(error):
    if error:
        raise RuntimeError(error.decode())


def start(no_pump_ms=0):
    _checked(_library.probe_open(no_pump_ms))


def close():
    _checked(_library.probe_close())


def stop():
    _checked(_library.probe_stop())


def start_again():
    _checked(_library.probe_start())


def play(scenario):
    _checked(_library.probe_play(scenario.encode()))


def pump(timeout_ms):
    _checked(_library.probe_pump(timeout_ms))


def has_ended():
    return bool(_library.probe_has_ended())


@on_main_thread
def quit(_index=0):
    import bpy

    bpy.ops.wm.quit_blender()


# Registered before the adapter's own, hence run after it: what is written is what was left after the end.
@atexit.register
def _write():
    results = json.loads(_library.probe_json())
    results.update(figures)
    with open(os.environ["SILEX_RESULTS"], "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1)
