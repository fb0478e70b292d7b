#include "hooks.hpp"

#include <array>
#include <string>

namespace silex::python {

Hooks hooks;

PyObject* install(PyObject* /*module*/, PyObject* arguments, PyObject* keywords) {
  static std::array names{"make_error",
                          "await_call",
                          "make_future",
                          "report",
                          "traceback",
                          "open_lane",
                          "read_json",
                          "run_command",
                          "find_command",
                          "launch",
                          static_cast<const char*>(nullptr)};
  Hooks given;
  if (!PyArg_ParseTupleAndKeywords(
          arguments, keywords, "OOOOOOOOOO:install", const_cast<char**>(names.data()), &given.make_error,
          &given.await_call, &given.make_future, &given.report, &given.traceback, &given.open_lane,
          &given.read_json, &given.run_command, &given.find_command, &given.launch)) {
    return nullptr;
  }
  for (PyObject* const hook :
       {given.make_error, given.await_call, given.make_future, given.report, given.traceback, given.open_lane,
        given.read_json, given.run_command, given.find_command, given.launch}) {
    Py_IncRef(hook);
  }
  hooks = given;  // the former ones stay: a thread may be in them
  return none();
}

std::string text_of(PyObject* object) {
  const Ref text(guarded([&] { return PyObject_Str(object); }));
  const Ref bytes(text ? PyUnicode_AsEncodedString(text.get(), "utf-8", "backslashreplace") : nullptr);
  const char* const utf8 = bytes ? PyBytes_AsString(bytes.get()) : nullptr;
  PyErr_Clear();
  return utf8 ? utf8 : "?";
}

Ref make_error(silex_status status, const char* message, const char* detail) {
  if (!hooks.make_error) return {};
  return Ref(call_with(hooks.make_error, "iss", static_cast<int>(status), message, detail));
}

PyObject* raise_error(silex_status status, const char* message, const char* detail) {
  const Ref error = make_error(status, message, detail);
  if (error) raise(error.get());
  return nullptr;
}

PyObject* raise_last_error() {
  const silex_error& error = *silex_last_error();
  // Copied: making an exception may call into the library again.
  return raise_error(error.code, std::string(error.message).c_str(), std::string(error.detail).c_str());
}

void report_error(const char* what) noexcept {
  const Ref exception = take_exception();
  if (!exception) return;
  const Ref done(hooks.report ? call_with(hooks.report, "Os", exception.get(), what) : nullptr);
  if (!done) PyErr_Clear();
}

}  // namespace silex::python
