#include <Python.h>
// Python's header comes first, before any of the system's.
#include "host_module.hpp"
#include "interpreter.hpp"

namespace host {

namespace {

void require(PyStatus status) {
  if (PyStatus_Exception(status)) Py_ExitStatusException(status);
}

void set_argv(PyConfig& config, const Options& options) {
  std::vector<std::string> texts{options.scenario};
  texts.insert(texts.end(), options.arguments.begin(), options.arguments.end());
  std::vector<char*> argv;
  for (std::string& text : texts) argv.push_back(text.data());
  require(PyConfig_SetBytesArgv(&config, static_cast<Py_ssize_t>(argv.size()), argv.data()));
}

void add_to_path(const std::string& folder) {
  PyObject* const path = PySys_GetObject("path");
  PyObject* const text = PyUnicode_DecodeFSDefault(folder.c_str());
  if (!path || !text || PyList_Append(path, text) != 0) PyErr_Print();
  Py_XDECREF(text);
}

}  // namespace

void start_python(const Options& options) {
  if (PyImport_AppendInittab("embedded", &make_host_module) != 0) std::exit(3);
  PyConfig config;
  PyConfig_InitIsolatedConfig(&config);
  config.parse_argv = 0;
  config.write_bytecode = 0;
  config.install_signal_handlers = 0;
  // Not that of whichever python3 is on PATH.
  require(PyConfig_SetBytesString(&config, &config.home, SILEX_PYTHON_HOME));
  set_argv(config, options);
  require(Py_InitializeFromConfig(&config));
  PyConfig_Clear(&config);
  for (const std::string& folder : options.path) add_to_path(folder);
}

}  // namespace host
