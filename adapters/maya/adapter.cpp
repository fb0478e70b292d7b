#include "adapter.hpp"

#include <chrono>
#include <exception>
#include <functional>
#include <string>
#include <utility>

#include <embed/gil.hpp>
#include <embed/main_thread.hpp>

namespace silex::maya {

using python::Reference;

namespace {

// How long a detach waits for a waker that Maya holds inside executeDeferred.
constexpr std::chrono::milliseconds kWakerBound{2000};

}  // namespace

// What Maya's first idle event calls. Maya keeps it until then, whatever becomes of the adapter.
class Adapter::Start final : public python::Called {
 public:
  Start(const python::PythonApi& api, Adapter& adapter) : api_(api), adapter_(&adapter) {}
  python::Object* call() noexcept override {
    if (Adapter* const adapter = std::exchange(adapter_, nullptr)) adapter->start();
    api_.Py_IncRef(api_.none);
    return api_.none;
  }
  void disarm() noexcept { adapter_ = nullptr; }

 private:
  const python::PythonApi& api_;
  Adapter* adapter_;
};

silex_host_mode Adapter::attach(silex_pump* raw) {
  const python::Gil gil(api_);
  python::require_main_thread(api_, "Maya");
  const Pump pump(raw);
  try {
    exit_hook_.add([pump] { python::quit(pump); });
    if (host_.is_batch()) return SILEX_HOST_BATCH;
    tick_ = std::make_shared<python::Tick>(api_, pump);
    quit_ = std::make_shared<python::QuitCall>(api_, [pump] { python::quit(pump); });
    waker_ = std::make_unique<python::Waker>(
        api_,
        [defer = host_.execute_deferred(), tick = python::make_callable(api_, tick_)] { defer.call({tick}); },
        [pump](const std::string& error) {
          pump.log(SILEX_LOG_WARNING,
                   "maya.utils.executeDeferred raised " + error + "; it is called again soon");
        });
    start_ = std::make_shared<Start>(api_, *this);
    host_.eval_deferred(python::make_callable(api_, start_));
    return SILEX_HOST_INTERACTIVE;
  } catch (const std::exception&) {
    if (waker_) waker_->close(kWakerBound);
    forget();
    throw;
  }
}

// At the first idle event: Maya's own start and every plug-in's initialisation are over.
void Adapter::start() {
  start_.reset();
  const std::shared_ptr<python::Tick> tick = tick_;
  try {
    exiting_callback_ = host_.add_exiting_callback(python::make_callable(api_, quit_));
  } catch (const std::exception& error) {
    tick->log(SILEX_LOG_WARNING,
              std::string("Maya does not tell when it exits, so the runtime stops when Python "
                          "ends: ") +
                  error.what());
  }
  try {
    waker_->open();
  } catch (const std::exception& error) {
    tick->log(SILEX_LOG_ERROR,
              std::string("no deferred call will run: there is no thread to wake Maya: ") + error.what());
  }
}

void Adapter::detach() noexcept {
  if (api_.Py_IsInitialized() != 0) {
    const python::Gil gil(api_);
    disarm();
    // Without the GIL, which the waker may need in order to end. Where Maya holds it, its code stays loaded.
    if (waker_) static_cast<void>(waker_->close(kWakerBound));
    forget();
    return;
  }
  // Maya has ended Python, and with it whatever called us.
  disarm();
  if (waker_) waker_->abandon(kWakerBound);
  waker_.reset();
  exit_hook_.abandon();
  static_cast<void>(exiting_callback_.release());
}

// What Maya's idle queue still holds does nothing any more, but cannot be taken back. Needs no GIL.
void Adapter::disarm() noexcept {
  if (tick_) tick_->stop();
  if (start_) start_->disarm();
  if (quit_) quit_->disarm();
}

void Adapter::forget() noexcept {
  waker_.reset();
  tick_.reset();
  start_.reset();
  quit_.reset();
  if (const Reference id = std::exchange(exiting_callback_, {})) {
    try {
      host_.remove_callback(id);
    } catch (const std::exception&) {
      // An exiting Maya may have dropped it.
    }
  }
  try {
    exit_hook_.remove();
  } catch (const std::exception&) {
    // Python forgets it without our help.
  }
}

}  // namespace silex::maya
