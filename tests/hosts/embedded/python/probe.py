"""The native probe inside a mock host, as scenarios use it. One Probe is one runtime."""

import ctypes
import os
import time
import traceback

_library = ctypes.CDLL(os.environ["SILEX_PROBE"])
_Function = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)
_RESULTS = {
    "create": ctypes.c_void_p,
    "choose": ctypes.c_char_p,
    "adapter": ctypes.c_char_p,
    "start": ctypes.c_char_p,
    "stop": ctypes.c_char_p,
    "log": ctypes.c_char_p,
    "defer": ctypes.c_char_p,
    "pump": ctypes.c_char_p,
    "chain_rate": ctypes.c_double,
    "heartbeat_gap": ctypes.c_double,
    "sleeper_gap": ctypes.c_double,
    "wakes": ctypes.c_ulonglong,
}
for _name, _result in _RESULTS.items():
    getattr(_library, "probe_" + _name).restype = _result
# The same functions, called with the GIL in hand: as a native module would that does not give it away.
_with_gil = ctypes.PyDLL(os.environ["SILEX_PROBE"])
_with_gil.probe_defer_and_stop.restype = ctypes.c_char_p

VALUE, EXCEPTION, CANCELLED, TIMED_OUT, HOST_GONE = range(5)


class Probe:
    def __init__(self, adapter="", no_pump_ms=0, stop_timeout_ms=0):
        """With the adapter of that name, or the one whose host this is; None: without one."""
        self._handle = ctypes.c_void_p(_library.probe_create(no_pump_ms, stop_timeout_ms))
        self._callbacks = []
        if adapter is not None:
            self.choose(adapter)

    def _call(self, name, *arguments):
        return getattr(_library, "probe_" + name)(self._handle, *arguments)

    def _checked(self, name, *arguments):
        error = self._call(name, *arguments)
        if error:
            raise RuntimeError(error.decode())

    def choose(self, adapter=""):
        self._checked("choose", adapter.encode())

    @property
    def adapter(self):
        return self._call("adapter").decode()

    def start(self):
        self._checked("start")
        return self

    def stop(self):
        self._checked("stop")

    def defer_and_stop_with_gil(self):
        """Defers a call, gives the adapter the time to ask the host for it, and stops: with the GIL all along."""
        error = _with_gil.probe_defer_and_stop(self._handle)
        if error:
            raise RuntimeError(error.decode())

    def destroy(self):
        """Stops it and unloads its adapter."""
        self._call("destroy")
        self._handle = None

    @property
    def is_destroyed(self):
        return self._handle is None

    @staticmethod
    def wait(condition, seconds=10):
        """Without a turn of the host, and without the GIL. Whether the condition came to hold."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                return False
            time.sleep(0.001)
        return True

    @property
    def is_running(self):
        return bool(self._call("is_running"))

    @property
    def log(self):
        return self._call("log").decode()

    def defer(self, function=None, count=1):
        """Defers so many calls of function(index), or of nothing at all."""
        callback = _Function()
        if function is not None:

            def call(index):
                try:
                    function(index)
                    return 1
                except Exception:
                    traceback.print_exc()
                    return 0

            callback = _Function(call)
            self._callbacks.append(callback)
        self._checked("defer", callback, count)

    deferred = property(lambda self: self._call("deferred"))

    def defer_slowly(self, count):
        """Defers so many calls of nothing from the loop's own thread, one every 10 ms."""
        self._call("defer_slowly", count)

    def defer_python_error(self):
        """Defers a call that returns with a KeyError set."""
        self._call("defer_python_error")

    ran = property(lambda self: self._call("ran"))
    told = property(lambda self: self._call("told"))
    released = property(lambda self: self._call("released"))
    wakes = property(lambda self: self._call("wakes"))

    def outcomes(self, which):
        return self._call("outcome", which)

    def pump(self, seconds):
        """Until every call was told its outcome."""
        self._checked("pump", int(seconds * 1000))

    def start_caller(self):
        """A native thread that calls the main thread and waits, until it is told that the host is gone."""
        self._call("start_caller")

    def call_until_gone(self):
        """The same on the calling thread, which is a Python thread that waits without a timeout."""
        self._call("call_until_gone")

    callers_told = property(lambda self: self._call("callers_told"))

    def start_chain(self, count):
        self._call("start_chain", count)

    chain_rate = property(lambda self: self._call("chain_rate"))

    def heartbeat_begin(self):
        self._call("heartbeat_begin")

    def heartbeat_end(self):
        """The largest gap between two beats, and that of a thread which only sleeps, in milliseconds."""
        self._call("heartbeat_end")
        return self._call("heartbeat_gap"), self._call("sleeper_gap")
