// Where the checks are made: the plugin's file, the host that is here or is not, and how long it may take. A
// check is a routine that gets the bench; it ends with its last line where all is well, and with fail() or
// skip().
#pragma once

#include "findings.hpp"
#include "recorder.hpp"
#include "routine.hpp"
#include "subject.hpp"

#include <silex/validate.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace silex::validate {

enum class HostMode { none, interactive, batch };

struct Bench {
  std::filesystem::path file;  // as the user named it
  HostMode mode = HostMode::none;
  std::chrono::milliseconds patience{5000};  // that the host may take for what it was asked
  Recorder& recorder;
  silex_validate_host host{};  // what it offers
  int turns = 0;               // of its main loop, those that we see
  std::filesystem::path copies{};

  // Adds a warning to what the check ends with.
  void note(const std::string& text) { notes += (notes.empty() ? "" : "; ") + text; }
  std::string notes{};

  // Opens the plugin, as a copy of its own in a host that all checks share: so that each begins anew.
  std::unique_ptr<Subject> open() const;
  // Opens and initialises it; skips where its host is not here.
  std::unique_ptr<Subject> open_in_host() const;
  // Skips where the host of the subject, which is initialised, is not here.
  void require_host(Subject& subject) const;
};

using Body = std::function<Routine(Bench&)>;
using Bodies = std::map<std::string_view, Body>;

void add_file_checks(Bodies& bodies);
void add_plugin_checks(Bodies& bodies);
void add_factory_checks(Bodies& bodies);
void add_adapter_checks(Bodies& bodies);
void add_wake_checks(Bodies& bodies);
void add_busy_checks(Bodies& bodies);
void add_detach_checks(Bodies& bodies);
void add_unload_checks(Bodies& bodies);

// Lets the host's loop turn for a while in which something might come that must not.
until quiet(const Bench& bench);

// Calls function() on another thread. What it throws is thrown here; a finding where it does not return in
// time.
Routine elsewhere(Bench& bench, Subject& subject, const char* what, const std::function<void()>& function);
// wake() from another thread, which must say yes.
Routine wake_from_elsewhere(Bench& bench, Subject& subject, Adapter& adapter);
// Until the pump has been drained so often.
until drained(Bench& bench, const PlayedPump& pump, int times);

}  // namespace silex::validate
