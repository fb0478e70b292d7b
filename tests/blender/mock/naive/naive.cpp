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
using silex::blender::Host;
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

class NaiveTick final : public Tick {
 public:
  NaiveTick(const PythonApi& api, Pump pump)
      : Tick(api, std::move(pump)), interval_(Reference::owned(api, api.PyFloat_FromDouble(seconds()))) {}

 private:
  static double seconds() { return does("ticks all the time") ? 0.0 : 0.05; }
  Object* answer(const silex_drain_report&) noexcept override {
    if (does("returns nothing")) return new_reference(api().none);
    if (does("returns text")) return api().PyUnicode_FromString("soon");
    if (does("returns new floats")) return api().PyFloat_FromDouble(seconds());
    return new_reference(interval_.get());
  }
  Reference interval_;
};

class NaiveAdapter {
 public:
  explicit NaiveAdapter(const PythonApi& api) : api_(api), host_(api), exit_hook_(api) {}

  silex_host_mode attach(silex_pump* raw) {
    const Gil gil(api_);
    const Pump pump(raw);
    if (does("looks at the scene")) {
      scene_ = import_module(api_, "bpy").attribute("context").attribute("scene");
    }
    if (!does("hooks no exit")) exit_hook_.add([pump] { static_cast<void>(pump.quit()); });
    if (!does("takes every Blender for one with a window") && host_.is_background()) return SILEX_HOST_BATCH;
    tick_ = std::make_shared<NaiveTick>(api_, pump);
    timer_ = make_callable(api_, tick_);
    if (does("marks a builtin")) {
      import_module(api_, "bpy")
          .attribute("app")
          .attribute("handlers")
          .attribute("persistent")
          .call({timer_});
    }
    add_timer();
    return SILEX_HOST_INTERACTIVE;
  }

  void detach() {
    if (api_.Py_IsInitialized() == 0) return;
    const Gil gil(api_);
    if (tick_) {
      tick_->stop();
      remove_timer();
    }
    exit_hook_.remove();
    tick_.reset();
    timer_ = {};
    scene_ = {};
  }

  void wake() {
    if (!does("registers from any thread")) return;
    const Gil gil(api_);
    host_.add_timer(timer_);
  }

 private:
  void add_timer() {
    const Reference add =
        import_module(api_, "bpy").attribute("app").attribute("timers").attribute("register");
    if (does("passes its arguments by position")) {
      const Reference now = Reference::owned(api_, api_.PyFloat_FromDouble(0.0));
      add.call({timer_, now});
    } else if (does("registers what a load drops")) {
      add.call({timer_});
    } else {
      host_.add_timer(timer_);
    }
  }

  // While it runs, too.
  void remove_timer() {
    if (does("insists that its timer is there")) {
      host_.remove_timer(timer_);
      return;
    }
    try {
      host_.remove_timer(does("unregisters another callable") ? make_callable(api_, tick_) : timer_);
    } catch (const std::exception&) {
    }
  }

  const PythonApi& api_;
  const Host host_;
  ExitHook exit_hook_;
  std::shared_ptr<NaiveTick> tick_;
  Reference timer_;
  Reference scene_;
};

struct Naive {
  static constexpr const char* name = "blender";
  static constexpr const char* title = "Blender, naively";
  static constexpr const char* version = "0.1.0";
  static constexpr const char* refusal = "this process is not Blender";
  using Adapter = NaiveAdapter;
  static bool is_here(const PythonApi& api) {
    if (does("imports bpy to find out")) import_module(api, "bpy");
    return Host(api).is_blender();
  }
};

}  // namespace

SILEX_PYTHON_ADAPTER(Naive)
