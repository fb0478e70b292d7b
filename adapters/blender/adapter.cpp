#include "adapter.hpp"

#include <exception>
#include <utility>

#include <embed/gil.hpp>
#include <embed/main_thread.hpp>

namespace silex::blender {

silex_host_mode Adapter::attach(silex_pump* raw) {
  const python::Gil gil(api_);
  // Blender's list of timers has no lock, and it walks it without the GIL:
  // https://docs.blender.org/api/current/bpy.app.timers.html shows the safe form.
  python::require_main_thread(api_, "Blender");
  const Pump pump(raw);
  try {
    exit_hook_.add([pump] { python::quit(pump); });
    if (host_.has_exit_pre()) {
      exit_pre_.add([pump] { python::quit(pump); },
                    [this](const python::Reference& function) { host_.add_exit_pre(function); });
    }
    if (host_.is_background()) return SILEX_HOST_BATCH;
    tick_ = std::make_shared<Tick>(api_, pump, woken_, now_);
    timer_ = python::make_callable(api_, tick_);
    host_.add_timer(timer_);
    return SILEX_HOST_INTERACTIVE;
  } catch (const std::exception&) {
    forget();
    throw;
  }
}

void Adapter::detach() noexcept {
  if (api_.Py_IsInitialized() != 0) {
    const python::Gil gil(api_);
    remove_timer();
    forget();
    return;
  }
  // Blender has ended Python, and with it whatever called us.
  exit_hook_.abandon();
  exit_pre_.abandon();
  static_cast<void>(timer_.release());
  if (tick_) tick_->abandon();
  tick_.reset();
}

// While the timer runs, Blender still uses the callable: it goes when it returns None.
void Adapter::remove_timer() noexcept {
  if (!tick_) return;
  tick_->stop();
  if (tick_->is_running()) return;
  try {
    host_.remove_timer(timer_);
  } catch (const std::exception&) {
    // It is gone already: a Blender that quits drops all timers before it ends Python.
  }
}

void Adapter::forget() noexcept {
  tick_.reset();
  timer_ = {};
  exit_pre_.remove([this](const python::Reference& function) { host_.remove_exit_pre(function); });
  try {
    exit_hook_.remove();
  } catch (const std::exception&) {
    // Python forgets it without our help.
  }
}

}  // namespace silex::blender
