// The plugin under check, and an adapter of it: each function is called so that what it does is told to the
// recorder before, and what it throws is told as an escaped exception. Main thread, but for what says
// otherwise.
#pragma once

#include "findings.hpp"
#include "platform/library.hpp"
#include "played_host.hpp"
#include "played_pump.hpp"
#include "recorder.hpp"

#include <silex/adapter.h>
#include <silex/plugin.h>

#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace silex::validate {

// Calls function(), which is code of the plugin. [any-thread]
template <typename Function>
auto call_into(Recorder& recorder, const char* what, Function&& function) {
  recorder.entering(what);
  try {
    return function();
  } catch (const std::exception& error) {
    throw Escaped{what, error.what()};
  } catch (...) {
    throw Escaped{what, "something that is not a std::exception"};
  }
}

// Its library, and what of it is initialised. The destructor ends what is, and leaves the code where it is:
// what a broken plugin has left behind must not bring down the checks that come after.
class Subject {
 public:
  // Opens the library.
  Subject(std::filesystem::path file, Recorder& recorder);
  ~Subject();
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;

  // nullptr where it exports none. Not checked.
  [[nodiscard]] const silex_plugin_entry* entry() const;
  // init() by another runtime; a finding where it says no.
  PlayedHost& init();
  // init(), and its status; with SILEX_OK it counts as initialised.
  silex_status init(PlayedHost& host);
  silex_status deinit(PlayedHost& host);
  const void* factory(const char* id);
  // The adapter's; skips where it has none.
  const silex_adapter_factory& adapter_factory();
  bool detect();
  const silex_adapter* create();

  // A thread is stuck in it: nothing of it may be ended or called any more.
  void leave_alone() noexcept { is_left_alone_ = true; }
  [[nodiscard]] bool is_left_alone() const noexcept { return is_left_alone_; }

  // Gives the library back. Whether its code is still mapped afterwards.
  bool close();
  [[nodiscard]] bool is_mapped() const;
  [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }
  [[nodiscard]] Recorder& recorder() const noexcept { return recorder_; }

 private:
  const std::filesystem::path file_;
  Recorder& recorder_;
  platform::Library library_;
  std::vector<PlayedHost*> hosts_;
  bool is_left_alone_ = false;
};

// An adapter of a subject that is initialised. The destructor detaches and destroys it.
class Adapter {
 public:
  // Makes it: a finding where create() makes none, or one that can't be used.
  explicit Adapter(Subject& subject);
  Adapter(Subject& subject, const silex_adapter* adapter) : subject_(subject), adapter_(adapter) {}
  ~Adapter();
  Adapter(const Adapter&) = delete;
  Adapter& operator=(const Adapter&) = delete;

  // With a pump of its own; a finding where it says no.
  PlayedPump& attach();
  silex_status try_to_attach();
  void detach();
  silex_status wake();  // [any-thread]
  void destroy();

  [[nodiscard]] const silex_adapter* functions() const noexcept { return adapter_; }
  [[nodiscard]] PlayedPump& pump() const { return *pump_; }
  // What attach() has told, be it no mode at all.
  [[nodiscard]] std::uint32_t mode() const noexcept { return mode_; }

 private:
  Subject& subject_;
  const silex_adapter* adapter_ = nullptr;
  PlayedPump* pump_ = nullptr;
  std::uint32_t mode_ = SILEX_HOST_INTERACTIVE;  // an enum holds no other values
  bool is_attached_ = false;
};

// What a status comes to: "SILEX_ERROR_BUSY (12)", with what set_error() was told.
std::string describe(silex_status status, const std::string& error);

}  // namespace silex::validate
