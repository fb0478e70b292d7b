// An action that runs: every change goes through here, and is kept as the diff that the service gets next. So
// a diff costs what has changed, however large the action is.
//
// The loop changes it, and reads it as it likes; other threads read it under its lock.
#pragma once

#include "action/model/action.hpp"
#include "action/model/tally.hpp"

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace silex::action {

// A command: two indices, which stay the same while steps are only inserted after its own.
struct At {
  std::size_t step = 0;
  std::size_t command = 0;
  // NOLINTNEXTLINE(modernize-use-nullptr): the comparison with 0 is the compiler's own
  friend auto operator<=>(const At&, const At&) = default;
};

class LiveAction {
 public:
  // `changed` is called when there is a first change since the last take_changes(). [loop-thread]
  LiveAction(Action action, std::function<void()> changed);

  [[nodiscard]] const Action& get() const noexcept { return action_; }  // [loop-thread]
  [[nodiscard]] const Command& command(At at) const { return action_.steps[at.step].commands[at.command]; }
  // An undo takes steps away.
  [[nodiscard]] bool has(At at) const {
    return at.step < action_.steps.size() && at.command < action_.steps[at.step].commands.size();
  }
  [[nodiscard]] Status status() const noexcept { return tally_.status(); }  // [loop-thread]
  // [any-thread] Calls read(action) under the lock.
  template <typename Read>
  auto with(Read&& read) const {
    const std::lock_guard lock(mutex_);
    return read(action_);
  }

  // All that follow: [loop-thread]
  void set_execution_type(ExecutionType type);
  void set_status(At at, Status status);
  void set_progress(At at, std::optional<int> percent);
  void log(At at, LogLevel level, std::string message);
  void set_ask_user(At at, bool ask_user);
  void set_skip(At at, bool skip);
  void set_hide(At at, bool hide);
  void set_step_hide(std::size_t step, bool hide);
  void set_hide_parameters(At at, bool hide);
  void set_label(At at, std::string label);
  void set_tooltip(At at, std::string tooltip);
  // `value` fits the type.
  void set_value(At at, std::size_t parameter, Json value);
  void set_parameter_hide(At at, std::size_t parameter, bool hide);
  void set_parameter_label(At at, std::size_t parameter, std::string label);
  void set_parameter_tooltip(At at, std::size_t parameter, std::string tooltip);
  // One of that name is replaced.
  void put_parameter(At at, Parameter parameter);
  // What a user answered; a sentence for each value that was refused.
  std::vector<std::string> answer(const Json& diff);
  // After that step, whose followers' indices grow to make room.
  void insert_steps(std::size_t after, std::vector<Step> steps);
  // Users see it no more.
  void remove_step(const std::string& name);

  // The whole action, which is told now.
  Json take_whole();
  // What has changed since; null where nothing has.
  Json take_changes();
  // Whether something went that no diff takes away, so that the whole action is to be told.
  [[nodiscard]] bool needs_whole() const noexcept { return needs_whole_; }

 private:
  // Log lines of one command that are kept: each diff has all of them.
  static constexpr std::size_t kMostLogLines = 500;

  Command& at(At at) { return action_.steps[at.step].commands[at.command]; }
  // Where the diff has it, or nullptr where it is hidden.
  Json* told(std::size_t step);
  Json* told(At at);
  Json* told(At at, std::size_t parameter);
  template <typename... Where>
  void tell(const char* member, Json value, Where... where);
  [[nodiscard]] bool has_changes() const { return needs_whole_ || !changes_.is_null() || !logged_.empty(); }
  void replaces(const Json& before, const Json& now);
  template <typename Change>
  void change(Change&& change);
  void recount();
  void tell_statuses(std::size_t step, Status step_before, Status action_before);
  void tell_logs();

  const std::function<void()> changed_;
  mutable std::mutex mutex_;
  Action action_;
  Tally tally_;
  std::vector<Tally> step_tallies_;
  Json changes_;
  std::set<At> logged_;  // their logs are to be in the diff
  bool needs_whole_ = false;
};

}  // namespace silex::action
