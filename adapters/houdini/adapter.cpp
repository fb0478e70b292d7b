#include "adapter.hpp"

#include <exception>

#include <embed/gil.hpp>
#include <embed/main_thread.hpp>

namespace silex::houdini {

namespace {

// Of 8 ms each: with the next tick 50 ms away, a third of the time for calls, and Houdini draws at 30 Hz
// still.
constexpr int kDrainsPerTick = 3;

}  // namespace

silex_host_mode Adapter::attach(silex_pump* raw) {
  const python::Gil gil(api_);
  // Nothing documents that hou.ui may be called from another thread.
  python::require_main_thread(api_, "Houdini");
  const Pump pump(raw);
  try {
    exit_hook_.add([pump] { python::quit(pump); });
    if (!host_.has_event_loop()) return SILEX_HOST_BATCH;
    listen_to_qt(pump);
    tick_ = std::make_shared<python::Tick>(api_, pump, kDrainsPerTick);
    callback_ = python::make_callable(api_, tick_);
    host_.add_callback(callback_);
    scene_watch_.add(callback_);
    return SILEX_HOST_INTERACTIVE;
  } catch (const std::exception&) {
    remove_callback();
    forget();
    throw;
  }
}

void Adapter::detach() noexcept {
  if (api_.Py_IsInitialized() != 0) {
    const python::Gil gil(api_);
    remove_callback();
    forget();
    return;
  }
  // Houdini has ended Python, and with it whatever called us.
  exit_hook_.abandon();
  scene_watch_.abandon();
  static_cast<void>(about_to_quit_.release());
  qt_hook_.abandon();
  static_cast<void>(callback_.release());
  if (tick_) tick_->abandon();
  tick_.reset();
}

// Qt tells of the end while all of Houdini still stands.
void Adapter::listen_to_qt(const Pump& pump) {
  about_to_quit_ = host_.about_to_quit();
  if (!about_to_quit_) return;
  qt_hook_.add(
      [pump] { python::quit(pump); },
      [this](const python::Reference& function) { about_to_quit_.attribute("connect").call({function}); });
}

void Adapter::leave_qt() noexcept {
  qt_hook_.remove(
      [this](const python::Reference& function) { about_to_quit_.attribute("disconnect").call({function}); });
  about_to_quit_ = {};
}

// From inside a tick it goes at the event loop's next turn: how Houdini walks its callbacks is not
// documented, and one that goes meanwhile could take the one behind it out of this round.
void Adapter::remove_callback() noexcept {
  if (!tick_) return;
  tick_->stop();
  try {
    tick_->is_running() ? host_.remove_callback_later(callback_) : host_.remove_callback(callback_);
  } catch (const std::exception&) {
    // Somebody else removed it: hou.OperationFailed.
  }
}

void Adapter::forget() noexcept {
  scene_watch_.remove();
  leave_qt();
  tick_.reset();
  callback_ = {};
  try {
    exit_hook_.remove();
  } catch (const std::exception&) {
    // Python forgets it without our help.
  }
}

}  // namespace silex::houdini
