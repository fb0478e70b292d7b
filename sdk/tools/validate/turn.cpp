// silex_validate_turn(), the one function of this library: runs the checks that the environment names, one
// after the other, while the host's main loop turns.
#include "bench.hpp"
#include "check_list.hpp"
#include "platform/environment.hpp"
#include "platform/exceptions.hpp"
#include "quit_check.hpp"

#include <silex/validate.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <exception>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace silex::validate {

namespace {

std::string variable(const char* name) {
  return platform::environment_value(name).value_or("");
}

std::deque<std::string> split(const std::string& text) {
  std::deque<std::string> parts;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

Bodies make_bodies() {
  Bodies bodies;
  add_file_checks(bodies);
  add_plugin_checks(bodies);
  add_factory_checks(bodies);
  add_adapter_checks(bodies);
  add_wake_checks(bodies);
  add_busy_checks(bodies);
  add_detach_checks(bodies);
  add_unload_checks(bodies);
  bodies["adapter.quit"] = &quit_check;
  return bodies;
}

class Director {
 public:
  Director()
      : recorder_(variable(kReportVariable)),
        bench_{variable(kPluginVariable), HostMode::none, std::chrono::milliseconds(5000), recorder_},
        bodies_(make_bodies()),
        left_(split(variable(kChecksVariable))) {
    platform::prepare_to_catch();
    const std::string mode = variable(kModeVariable);
    if (mode == "interactive") bench_.mode = HostMode::interactive;
    if (mode == "batch") bench_.mode = HostMode::batch;
    bench_.copies = variable(kCopiesVariable);
    if (const std::string patience = variable(kPatienceVariable); !patience.empty()) {
      bench_.patience = std::chrono::milliseconds(std::stoi(patience));
    }
    for (const std::string& id : split(variable(kFailedVariable))) {
      if (const Check* const check = find_check(id)) did_not_pass(check->id);
    }
  }

  bool turn(const silex_validate_host* host) {
    if (is_inside_) return true;  // a nested loop of the host's
    is_inside_ = true;
    ++bench_.turns;
    if (host) std::memcpy(&bench_.host, host, std::min<std::size_t>(host->size, sizeof bench_.host));
    // As long as none has to wait.
    while (go_on()) {
    }
    is_inside_ = false;
    return running_.has_value() || !left_.empty();
  }

 private:
  // Whether there is more to do in this turn.
  bool go_on() {
    if (!running_) return begin_next();
    Waiting::now().try_to_go_on();
    if (!running_->has_ended()) return false;
    std::exception_ptr thrown;
    try {
      running_->rethrow();
    } catch (...) {
      thrown = std::current_exception();
    }
    running_.reset();
    end(thrown);
    return !left_.empty();
  }

  bool begin_next() {
    if (left_.empty()) return false;
    check_ = find_check(left_.front());
    left_.pop_front();
    if (!check_) return true;
    recorder_.begin(check_->id);
    bench_.notes.clear();
    if (const std::string why = why_skipped(*check_); !why.empty()) {
      record(Result::skipped, why);
      return true;
    }
    running_.emplace(bodies_.at(check_->id)(bench_));
    running_->start();
    return true;
  }

  // Of all that has to pass before it, be it that of an earlier process; "" where nothing is missing.
  [[nodiscard]] std::string unmet_before(const Check& check) const {
    for (const std::string_view before : check.after) {
      if (const auto unmet = unmet_.find(before); unmet != unmet_.end()) return unmet->second;
      if (std::string why = unmet_before(*find_check(before)); !why.empty()) return why;
    }
    return {};
  }

  [[nodiscard]] std::string why_skipped(const Check& check) const {
    if (std::string why = unmet_before(check); !why.empty()) return why;
    if (check.needs == Needs::host && bench_.mode == HostMode::batch) {
      return "a batch host has no loop that drains: run it in an interactive one, too";
    }
    return {};
  }

  void end(const std::exception_ptr& thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
      record(bench_.notes.empty() ? Result::ok : Result::noted, bench_.notes);
    } catch (const Finding& finding) {
      did_not_pass(check_->id);
      record(check_->severity == Severity::error ? Result::failed : Result::noted, finding.text);
    } catch (const StillOpen&) {  // NOLINT(bugprone-empty-catch): it tells it itself
    } catch (const Skipped& skipped) {
      unmet_.emplace(check_->id, skipped.text);
      record(Result::skipped, skipped.text);
    } catch (const Escaped& escaped) {
      const std::string what = "a C++ exception left " + escaped.what;
      if (check_->id == "abi.exceptions") {
        record(Result::failed, what + ", which must not happen: " + escaped.text +
                                   "; catch it there, and return a status after set_error()");
      } else {
        unmet_.emplace(check_->id, what + "; see abi.exceptions");
        record(Result::skipped, what + "; see abi.exceptions");
      }
    } catch (const std::exception& error) {
      record(Result::failed, std::string("the check itself failed: ") + error.what());
    }
  }

  void did_not_pass(std::string_view id) { unmet_.emplace(id, std::string(id) + " did not pass"); }
  void record(Result result, const std::string& text) { recorder_.end(check_->id, result, text); }

  Recorder recorder_;
  Bench bench_;
  const Bodies bodies_;
  std::deque<std::string> left_;
  std::map<std::string_view, std::string> unmet_;  // why those after it are skipped
  const Check* check_ = nullptr;
  std::optional<Routine> running_;
  bool is_inside_ = false;
};

}  // namespace

}  // namespace silex::validate

extern "C" SILEX_EXPORT bool silex_validate_turn(const silex_validate_host* host) {
  // Never destroyed: adapters may call what it holds until the process ends.
  static silex::validate::Director& director = *new silex::validate::Director;
  return director.turn(host);
}
