// One silex.start(): a runtime with its adapter, the session at the service, and what status() tells of them.
#pragma once

#include "python.hpp"

#include <silex/silex.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace silex::python {

// What is known without asking anybody. [any-thread]
class Standing {
 public:
  struct Snapshot {
    std::string connection = "off";  // "connecting", "connected", "back-off"
    std::string message;             // why, where the service is away
    std::string last_warning;
  };
  [[nodiscard]] Snapshot read() const;
  void connection(const char* state, const std::string& message);
  void warning(const std::string& text);

 private:
  mutable std::mutex mutex_;
  Snapshot snapshot_;
};

class Started {
 public:
  struct Options {
    std::optional<std::string> url;  // "": no connection; none: the configuration's
    std::string adapter;             // "": the one whose host this is, or none
    std::string adapter_path;
    std::string config;
    std::string context;  // JSON; "": none
  };

  // nullptr with an error set. [main-thread]
  static std::shared_ptr<Started> start(const Options& options);
  // Without the GIL, which its threads may need to end. [main-thread]
  silex_status stop();
  ~Started();
  Started(const Started&) = delete;
  Started& operator=(const Started&) = delete;

  [[nodiscard]] silex_runtime* runtime() const noexcept { return runtime_; }
  [[nodiscard]] silex_id connection() const noexcept { return connection_; }
  // "" where it is the configuration's, too.
  [[nodiscard]] const std::string& url() const noexcept { return url_; }
  // The adapter's name; "standalone" where there is none.
  [[nodiscard]] const std::string& host() const noexcept { return host_; }
  Standing& standing() noexcept { return standing_; }

 private:
  explicit Started(const Options& options) : url_(options.url.value_or("")) {}
  silex_status create(const Options& options);
  silex_status choose_adapter(const std::string& name);
  silex_status connect(const Options& options);
  static void log(void* self, silex_log_level level, const char* message);
  static void connection_changed(void* self, const silex_connection_state* state);
  static void session_changed(void* self, const silex_session_state* state);
  static void launched(void* self, const char* launch);

  const std::string url_;
  Standing standing_;
  silex_runtime* runtime_ = nullptr;
  silex_id connection_ = 0;
  std::string host_ = "standalone";
};

// Functions of the module.
PyObject* start(PyObject* module, PyObject* arguments, PyObject* keywords);
PyObject* stop(PyObject* module, PyObject* nothing);
PyObject* is_running(PyObject* module, PyObject* nothing);
PyObject* standing(PyObject* module, PyObject* nothing);     // -> (connection, message, url, host, warning)
PyObject* context(PyObject* module, PyObject* nothing);      // -> JSON, or None without a session
PyObject* write_log(PyObject* module, PyObject* arguments);  // (level, text)
PyObject* current_thread(PyObject* module, PyObject* nothing);

}  // namespace silex::python
