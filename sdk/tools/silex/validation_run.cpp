#include "validation_run.hpp"

#include "platform/child_process.hpp"
#include "platform/environment.hpp"
#include "platform/library.hpp"
#include "platform/process.hpp"
#include "platform/uuid.hpp"
#include "report_reader.hpp"

#include <silex/validate.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <iostream>
#include <stdexcept>
#include <system_error>

namespace silex::cli {

namespace {

namespace fs = std::filesystem;
using validate::Result;

constexpr std::chrono::seconds kToBegin(120);  // a host with a window takes its time
constexpr std::chrono::seconds kToEnd(30);
constexpr std::size_t kKeptLines = 12;

// For what the processes write; gone with this.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("silex-validate-" + platform::new_uuid())) {
    fs::create_directory(path_);
    fs::permissions(path_, fs::perms::owner_all);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const fs::path& path() const noexcept { return path_; }

 private:
  const fs::path path_;
};

fs::path library_of_checks() {
  const fs::path bin = platform::program_file().parent_path();
  const std::string name = std::string("silex_validate") + platform::kLibraryEnding;
  for (const fs::path& folder : {bin / "../libexec/silex", bin / "../validate"}) {
    if (fs::exists(folder / name)) return fs::canonical(folder / name);
  }
  throw std::runtime_error("its library of checks, " + name + ", is not there; install Silex again");
}

std::string joined(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ",") + id;
  return text;
}

std::vector<std::string> failed_in(const Validation& validation) {
  std::vector<std::string> ids;
  for (const CheckOutcome& outcome : validation.outcomes) {
    if (outcome.result == Result::failed) ids.push_back(outcome.id);
  }
  return ids;
}

std::string last_of(const std::deque<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "\n  " + line;
  return text;
}

std::string how(const platform::ChildEnd& end) {
  return end.signal != 0 ? "by " + platform::signal_name(end.signal)
                         : "with the exit code " + std::to_string(end.exit_code.value_or(0));
}

class Run {
 public:
  Run(const ValidateCommand& command, Validation& validation, const fs::path& folder)
      : command_(command),
        validation_(validation),
        folder_(folder),
        report_(folder / "report"),
        reader_(report_, validation) {}

  // The checks that it came to, in one process.
  void make(const std::vector<std::string>& ids) {
    const platform::ChildEnd end = platform::run_child_process(
        child(ids), [&] { return is_to_be_stopped(); }, [&](auto, std::string_view line) { heard(line); });
    reader_.update();
    if (end.not_started) {
      throw std::runtime_error("'" + command_.host.front() +
                               "' can't be started: " + end.not_started.message());
    }
    if (!reader_.has_begun()) {
      throw std::runtime_error(
          (end.stopped ? "the host did not call silex_validate_turn() within " +
                             std::to_string(kToBegin.count()) + " s, and was ended"
                       : "the host ended, " + how(end) + ", without having called silex_validate_turn()") +
          std::string(": see silex/validate.h for what it has to do; it said:") + last_of(said_));
    }
    if (!reader_.check().empty()) add_what_ended_it(end);
  }

 private:
  [[nodiscard]] platform::ChildProcess child(const std::vector<std::string>& ids) const {
    platform::ChildProcess child{command_.host, {}, platform::environment()};
    if (child.command.empty()) child.command = {platform::program_file().string(), "validate-process"};
    const auto set = [&](const std::string& name, const std::string& value) {
      std::erase_if(child.environment,
                    [&](const std::string& known) { return known.starts_with(name + "="); });
      child.environment.push_back(name + "=" + value);
    };
    const bool shares = !command_.host.empty() && !command_.isolate;
    set(SILEX_VALIDATE_LIBRARY, library_of_checks().string());
    set(validate::kPluginVariable, fs::absolute(command_.plugin).string());
    set(validate::kReportVariable, report_.string());
    set(validate::kChecksVariable, joined(ids));
    set(validate::kFailedVariable, joined(failed_in(validation_)));
    set(validate::kCopiesVariable, shares ? (folder_ / "copies").string() : "");
    set(validate::kModeVariable, command_.host.empty() ? "none" : command_.batch ? "batch" : "interactive");
    set(validate::kPatienceVariable, std::to_string(static_cast<long>(command_.patience * 1000)));
    return child;
  }

  bool is_to_be_stopped() {
    reader_.update();
    if (!reader_.has_begun()) return reader_.elapsed() > kToBegin;
    if (reader_.check().empty()) return reader_.elapsed() > kToEnd;
    return reader_.elapsed() > bound();
  }
  // No check waits that often.
  [[nodiscard]] std::chrono::duration<double> bound() const {
    return std::chrono::duration<double>(4 * command_.patience + 5);
  }

  void heard(std::string_view line) {
    if (command_.verbose) std::cerr << line << "\n";
    said_.emplace_back(line);
    if (said_.size() > kKeptLines) said_.pop_front();
  }

  void add_what_ended_it(const platform::ChildEnd& end) {
    std::string text;
    if (end.stopped) {
      text = "the process did nothing for " + std::to_string(static_cast<int>(bound().count())) + " s";
    } else if (end.signal != 0) {
      text = "the process was ended " + how(end);
    } else if (reader_.check() == "adapter.quit") {
      text =
          "the host has ended, and nobody called quit() of the pump: hook the host's end, so that who waits "
          "is "
          "told and no callback is left";
    } else {
      text = "the process ended " + how(end) + ": a plugin must not end its host";
    }
    if (!reader_.entered().empty() && (reader_.check() != "adapter.quit" || end.signal != 0)) {
      text += ", in " + reader_.entered();
    }
    validation_.outcomes.push_back({reader_.check(), Result::failed, text, reader_.elapsed().count()});
  }

  const ValidateCommand& command_;
  Validation& validation_;
  const fs::path folder_;
  const fs::path report_;
  ReportReader reader_;
  std::deque<std::string> said_;
};

}  // namespace

void run_checks(const ValidateCommand& command, std::vector<std::string> ids, Validation& validation) {
  const Folder folder;
  const bool one_by_one = command.host.empty() || command.isolate;
  for (int number = 0; !ids.empty(); ++number) {
    const fs::path own = folder.path() / std::to_string(number);
    fs::create_directory(own);
    const std::size_t before = validation.outcomes.size();
    const std::vector<std::string> now(ids.begin(), one_by_one ? ids.begin() + 1 : ids.end());
    Run(command, validation, own).make(now);
    const auto made = static_cast<std::ptrdiff_t>(validation.outcomes.size() - before);
    if (made == 0) throw std::runtime_error("the host ended without having made a check");
    ids.erase(ids.begin(), ids.begin() + std::min<std::ptrdiff_t>(made, std::ssize(ids)));
  }
}

}  // namespace silex::cli
