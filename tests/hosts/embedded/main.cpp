// A host with an embedded CPython: runs a scenario in a main loop that it owns, and ends as that scenario
// says. Exit status: 0; 1 where the scenario raised; 2 for the command line, 3 where Python did not start; 70
// where a fake module found what would kill the real host, 71 where the host hung.
#include <Python.h>
// Python's header comes first, before any of the system's.
#include "crash_report.hpp"
#include "host_module.hpp"
#include "interpreter.hpp"
#include "main_loop.hpp"
#include "options.hpp"
#include "watchdog.hpp"

#include <cstdio>

namespace {

// python/frame.py makes a generator of the scenario, and knows what the fake host does when it closes.
PyObject* call_frame(const char* function, const char* argument = nullptr) {
  PyObject* const frame = PyImport_ImportModule("frame");
  if (!frame) return nullptr;
  PyObject* const answer = argument ? PyObject_CallMethod(frame, function, "s", argument)
                                    : PyObject_CallMethod(frame, function, nullptr);
  Py_DECREF(frame);
  return answer;
}

bool done(PyObject* answer) {
  if (!answer) PyErr_Print();
  Py_XDECREF(answer);
  return answer != nullptr;
}

}  // namespace

int main(int count, char** values) {
  const host::Options options = host::parse_options(count, values);
  host::report_crashes();
  host::Watchdog watchdog(std::chrono::duration<double>(options.limit_seconds));
  host::MainLoop loop(watchdog);
  host::set_host(loop, watchdog, options.mode);
  host::start_python(options);

  bool passed = options.host.empty() || done(PyImport_ImportModule(options.host.c_str()));
  PyObject* const scenario = call_frame("open_scenario", options.scenario.c_str());
  if (!scenario) PyErr_Print();
  passed = passed && scenario && loop.run(scenario);
  Py_XDECREF(scenario);

  watchdog.note("closing");
  passed = done(call_frame("close_host")) && passed;
  if (passed) std::puts("the scenario passed");
  std::fflush(stdout);
  if (!passed) return 1;  // as a crash: what the scenario left is in no state to be ended
  watchdog.note("ending");
  host::end(loop.ending());
  return 0;
}
