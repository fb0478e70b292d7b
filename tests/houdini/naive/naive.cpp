// An adapter that does one obvious wrong thing, named by SILEX_NAIVE; "" is none. Each is what a first
// version does, and each is caught by a scenario.
#include "host.hpp"

#include <cstdlib>
#include <memory>
#include <string>

#include <embed/exit_hook.hpp>
#include <embed/gil.hpp>
#include <embed/plugin_entry.hpp>
#include <embed/tick.hpp>

namespace {

using silex::Pump;
using silex::houdini::Host;
using silex::python::Called;
using silex::python::ExitHook;
using silex::python::Gil;
using silex::python::import_module;
using silex::python::make_callable;
using silex::python::Object;
using silex::python::PythonApi;
using silex::python::Reference;
using silex::python::Tick;

bool does(const char* mistake) {
  const char* const chosen = std::getenv("SILEX_NAIVE");
  return chosen && std::string(chosen) == mistake;
}

// Does nothing while it is at it already, as if no nested loop ever called it again.
class OneAtATime final : public Called {
 public:
  OneAtATime(const PythonApi& api, std::shared_ptr<Tick> tick) : api_(api), tick_(std::move(tick)) {}
  Object* call() noexcept override {
    if (!tick_->is_running()) return tick_->call();
    api_.Py_IncRef(api_.none);
    return api_.none;
  }

 private:
  const PythonApi& api_;
  const std::shared_ptr<Tick> tick_;
};

class NaiveAdapter {
 public:
  explicit NaiveAdapter(const PythonApi& api) : api_(api), host_(api), exit_hook_(api) {}

  silex_host_mode attach(silex_pump* raw) {
    const Gil gil(api_);
    const Pump pump(raw);
    if (does("imports hdefereval")) import_module(api_, "hdefereval");
    if (does("imports Qt")) import_module(api_, "PySide2.QtCore");
    if (!does("hooks no exit")) exit_hook_.add([pump] { static_cast<void>(pump.quit()); });
    if (!does("takes every Houdini for one with a window") && !host_.has_event_loop())
      return SILEX_HOST_BATCH;
    tick_ = std::make_shared<Tick>(api_, pump);
    callback_ = does("ignores nested loops") ? make_callable(api_, std::make_shared<OneAtATime>(api_, tick_))
                                             : make_callable(api_, tick_);
    if (!wakes()) host_.add_callback(callback_);
    return SILEX_HOST_INTERACTIVE;
  }

  void detach() {
    if (api_.Py_IsInitialized() == 0) return;
    const Gil gil(api_);
    if (tick_) tick_->stop();
    if (does("insists that its callback is there") && tick_) {
      host_.remove_callback(callback_);
    } else if (tick_) {
      try {
        host_.remove_callback(callback_);  // while it runs, too
      } catch (const std::exception&) {
      }
    }
    exit_hook_.remove();
    tick_.reset();
    callback_ = {};
  }

  void wake() {
    if (!wakes()) return;
    const Gil gil(api_);
    if (does("registers on demand")) {
      host_.add_callback(callback_);
    } else {
      const char* const function =
          does("waits for the result") ? "executeInMainThreadWithResult" : "executeDeferred";
      import_module(api_, "hdefereval").attribute(function).call({callback_});
    }
  }

 private:
  static bool wakes() {
    return does("registers on demand") || does("waits for the result") || does("calls hdefereval");
  }

  const PythonApi& api_;
  const Host host_;
  ExitHook exit_hook_;
  std::shared_ptr<Tick> tick_;
  Reference callback_;
};

struct Naive {
  static constexpr const char* name = "houdini";
  static constexpr const char* title = "Houdini, naively";
  static constexpr const char* version = "0.1.0";
  static constexpr const char* refusal = "this process is not Houdini";
  using Adapter = NaiveAdapter;
  static bool is_here(const PythonApi& api) { return Host(api).is_houdini(); }
};

}  // namespace

SILEX_PYTHON_ADAPTER(Naive)
