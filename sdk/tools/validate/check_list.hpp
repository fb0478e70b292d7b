// The checks of `silex validate`: what is promised in silex/plugin.h and silex/adapter.h, a promise each. Ids
// are for ever: scripts know them.
#pragma once

#include <array>
#include <string_view>
#include <vector>

namespace silex::validate {

enum class Severity { error, warning };

// Who has to be there.
enum class Needs {
  file,      // nobody
  plugin,    // nothing but this process
  host,      // the adapter's host, interactive, whose main loop turns
  any_host,  // the adapter's host, be it a batch one
};

struct Check {
  std::string_view id;
  Severity severity;
  Needs needs;
  std::vector<std::string_view> after;  // those that must have passed before this one says anything
  std::string_view about;               // what it makes sure of, one sentence
};

// In the order in which they run.
const std::vector<Check>& all_checks();

// nullptr where there is none of that id.
const Check* find_check(std::string_view id);

// How one ended.
enum class Result {
  ok,
  failed,
  noted,   // a warning: it works, and is worth a look
  skipped  // the text says why
};
inline constexpr std::array<std::string_view, 4> kResultNames{"ok", "failed", "noted", "skipped"};

// The variables with which the checks are started, beside SILEX_VALIDATE_LIBRARY.
inline constexpr char kPluginVariable[] = "SILEX_VALIDATE_PLUGIN";  // the file to check
inline constexpr char kReportVariable[] = "SILEX_VALIDATE_REPORT";  // a file that lines are appended to
inline constexpr char kChecksVariable[] = "SILEX_VALIDATE_CHECKS";  // ids, with commas
inline constexpr char kFailedVariable[] = "SILEX_VALIDATE_FAILED";  // ids of those that failed before
inline constexpr char kCopiesVariable[] = "SILEX_VALIDATE_COPIES";  // a folder; "": check the file itself
inline constexpr char kModeVariable[] = "SILEX_VALIDATE_MODE";      // interactive, batch, or none: no host
inline constexpr char kPatienceVariable[] = "SILEX_VALIDATE_PATIENCE";  // milliseconds that a host may take

}  // namespace silex::validate
