"""silex validate in a mock host: its loop turns the checks, and turns nested in them where they ask for it."""

import ctypes
import os

import embedded


def run_once():
    first = embedded.turns()
    embedded.nested(lambda: embedded.turns() > first, 1)


class Host(ctypes.Structure):  # silex_validate_host
    _fields_ = [
        ("size", ctypes.c_uint32),
        ("run_once", ctypes.CFUNCTYPE(None)),
        ("refuse", ctypes.CFUNCTYPE(None, ctypes.c_bool)),
    ]


def scenario():
    # With the GIL in its hand, as a host's script is called.
    turn = ctypes.PyDLL(os.environ["SILEX_VALIDATE_LIBRARY"]).silex_validate_turn
    turn.restype = ctypes.c_bool
    host = Host(ctypes.sizeof(Host), ctypes.CFUNCTYPE(None)(run_once))
    while turn(ctypes.byref(host)):
        yield
    embedded.quit("finalize")
