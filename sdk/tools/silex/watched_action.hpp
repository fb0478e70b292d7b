// An action as the terminal shows it: what the loop tells is taken over on the main thread.
#pragma once

#include <silex/action.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace silex::cli {

// One command of an action, as it is now.
struct ShownCommand {
  std::string step;
  std::string name;
  std::string label;
  int status = 1;
  int progress = 0;  // 0 to 100
};

class WatchedAction {
 public:
  // Throws Error.
  WatchedAction(Context context, const std::string& name, ActionOptions options);

  // [main-thread] Takes over what was told; `changed` is called with each command's part of a diff that says
  // something new of it.
  void update(const std::function<void(const ShownCommand&, const json& part)>& changed);

  void execute() { action_.execute(); }
  Action& action() noexcept { return action_; }
  // Whether it is at rest, and how it came to be; after update().
  [[nodiscard]] bool has_ended() const noexcept { return has_ended_; }
  [[nodiscard]] const ActionOutcome& outcome() const noexcept { return outcome_; }

  [[nodiscard]] const json& state() const noexcept { return state_; }
  [[nodiscard]] std::string label() const { return state_.value("label", name_); }
  [[nodiscard]] std::vector<ShownCommand> commands() const;
  // The present one: the first that waits, works or has failed; else the next one.
  [[nodiscard]] ShownCommand present() const;
  // 0 to 100, of all its commands.
  [[nodiscard]] int percent() const;
  [[nodiscard]] bool is_paused() const { return state_.value("execution_type", 1) == 0; }

 private:
  struct Told {
    std::mutex mutex;
    std::vector<json> diffs;
    std::vector<ActionOutcome> outcomes;
  };
  static ActionOptions listening(ActionOptions options, std::shared_ptr<Told> told);

  const std::string name_;
  const std::shared_ptr<Told> told_ = std::make_shared<Told>();
  json state_ = json::object();
  ActionOutcome outcome_;
  bool has_ended_ = false;
  Action action_;
};

}  // namespace silex::cli
