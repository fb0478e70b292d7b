// An adapter for Maya that does the obvious wrong thing: which one, SILEX_NAIVE says. Each test of a quirk
// must catch the one that falls for it; without a naivety it does as well as the real one where nothing is
// wrong.
#include <silex/pump.hpp>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <thread>

#include <embed/exit_hook.hpp>
#include <embed/gil.hpp>
#include <embed/plugin_entry.hpp>
#include <embed/reference.hpp>
#include <embed/tick.hpp>

namespace {

using namespace silex::python;
using silex::Pump;

bool naive(const char* what) {
  const char* const which = std::getenv("SILEX_NAIVE");
  return which && std::strcmp(which, what) == 0;
}

class OnceCall final : public Called {
 public:
  OnceCall(const PythonApi& api, std::function<void()> function)
      : api_(api), function_(std::move(function)) {}
  Object* call() noexcept override {
    function_();
    api_.Py_IncRef(api_.none);
    return api_.none;
  }

 private:
  const PythonApi& api_;
  std::function<void()> function_;
};

class NaiveAdapter {
 public:
  explicit NaiveAdapter(const PythonApi& api) : api_(api), exit_hook_(api) {}

  silex_host_mode attach(silex_pump* raw) {
    const Gil gil(api_);
    const Pump pump(raw);
    tick_ = std::make_shared<Tick>(api_, pump);
    tick_callable_ = make_callable(api_, tick_);
    if (naive("not_reentrant")) guard_ticks();
    if (!naive("no_exit_hook")) add_exit_hooks(pump);
    if (!naive("no_batch") && commands().attribute("about").call({}, {{"batch", yes().get()}}).is_true()) {
      return SILEX_HOST_BATCH;
    }
    if (naive("idle_event")) {
      commands().attribute("scriptJob").call({}, {{"idleEvent", tick_callable_.get()}});
    } else if (naive("eager")) {
      open();
    } else {
      const auto start = std::make_shared<OnceCall>(api_, [this] { open(); });
      const Reference callable = make_callable(api_, start);
      if (naive("normal_priority")) {
        commands().attribute("evalDeferred").call({callable});
      } else {
        commands().attribute("evalDeferred").call({callable}, {{"lowestPriority", yes().get()}});
      }
    }
    return SILEX_HOST_INTERACTIVE;
  }

  void wake() noexcept {
    if (naive("wake_takes_gil")) {
      const Gil gil(api_);
      ask();
      return;
    }
    const std::lock_guard lock(mutex_);
    woken_ = true;
    changed_.notify_all();
  }

  void detach() noexcept {
    const Gil gil(api_);
    tick_->stop();
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
      changed_.notify_all();
    }
    if (thread_.joinable() && naive("join_with_gil")) thread_.join();
    if (thread_.joinable()) {
      const WithoutGil others_go_on(api_);
      thread_.join();
    }
    if (exiting_callback_ && !naive("keep_callback")) {
      open_maya().attribute("MMessage").attribute("removeCallback").call({exiting_callback_});
    }
    exiting_callback_ = {};
    exit_hook_.remove();
    tick_callable_ = {};
  }

 private:
  [[nodiscard]] Reference yes() const { return Reference::owned(api_, api_.PyBool_FromLong(1)); }
  [[nodiscard]] Reference commands() const { return import_module(api_, "maya.cmds"); }
  [[nodiscard]] Reference open_maya() const { return import_module(api_, "maya.api.OpenMaya"); }

  void add_exit_hooks(const Pump& pump) {
    const auto quit = [this, pump] {
      const WithoutGil others_go_on(api_);
      static_cast<void>(pump.quit());
    };
    exit_hook_.add([pump] { static_cast<void>(pump.quit()); });
    const Reference messages = open_maya().attribute("MSceneMessage");
    exiting_callback_ = messages.attribute("addCallback")
                            .call({messages.attribute("kMayaExiting"),
                                   make_callable(api_, std::make_shared<OnceCall>(api_, quit))});
  }

  // No tick inside a tick.
  void guard_ticks() {
    const auto guarded = [this, tick = tick_callable_] {
      if (!tick_->is_running()) tick.call();
    };
    tick_callable_ = make_callable(api_, std::make_shared<OnceCall>(api_, guarded));
  }

  void open() {
    thread_ = std::thread([this] { run(); });
  }

  void run() {
    for (;;) {
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return woken_ || closing_; });
        if (!woken_) return;
        woken_ = false;
      }
      const Gil gil(api_);
      ask();
    }
  }

  void ask() noexcept {
    try {
      if (naive("eval_deferred")) {
        commands().attribute("evalDeferred").call({tick_callable_});
      } else if (naive("blocking")) {
        import_module(api_, "maya.utils").attribute("executeInMainThreadWithResult").call({tick_callable_});
      } else {
        import_module(api_, "maya.utils").attribute("executeDeferred").call({tick_callable_});
      }
    } catch (const std::exception& error) {
      tick_->log(SILEX_LOG_WARNING, error.what());
    }
  }

  const PythonApi& api_;
  ExitHook exit_hook_;
  std::shared_ptr<Tick> tick_;
  Reference tick_callable_;
  Reference exiting_callback_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  bool closing_ = false;
};

struct NaiveMaya {
  static constexpr const char* name = "maya";
  static constexpr const char* title = "Maya, naively";
  static constexpr const char* version = "0.1.0";
  static constexpr const char* refusal = "this process is not Maya";
  using Adapter = NaiveAdapter;
  static bool is_here(const PythonApi& api) {
    if (naive("imports")) return import_module(api, "maya").has_attribute("cmds");
    return static_cast<bool>(loaded_module(api, "maya.cmds"));
  }
};

}  // namespace

SILEX_PYTHON_ADAPTER(NaiveMaya)
