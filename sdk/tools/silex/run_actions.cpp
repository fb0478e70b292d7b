#include "run_actions.hpp"

#include "action/definition/search_path.hpp"
#include "display.hpp"
#include "exit_code.hpp"
#include "platform/library.hpp"
#include "platform/terminal.hpp"
#include "questions.hpp"

#include <silex/silex.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>

namespace silex::cli {

namespace {

using Actions = std::vector<std::unique_ptr<WatchedAction>>;

// How often the terminal is looked at, and drawn.
constexpr std::chrono::milliseconds kTick{50};

bool set_parameters(const ActionCommand& command, Action& action) {
  for (const std::string& parameter : command.parameters) {
    const std::size_t equals = parameter.find('=');
    if (equals == std::string::npos || equals == 0) {
      std::cerr << "silex action: '" << parameter << "' is no PATH=VALUE, such as export:file=/tmp/a.abc\n";
      return false;
    }
    action.set(parameter.substr(0, equals), value_of(parameter.substr(equals + 1)));
  }
  return true;
}

// Null where there is none. Throws Error.
json context_of_environment() {
  const char* const text = std::getenv("SILEX_CONTEXT");  // NOLINT(concurrency-mt-unsafe): one thread
  if (!text || !*text) return nullptr;
  json context = json::parse(text, nullptr, false);
  if (context.is_object()) return context;
  throw Error(SILEX_ERROR_INVALID_ARGUMENT, "SILEX_CONTEXT is no JSON object: " + std::string(text));
}

ActionOptions options_of(const ActionCommand& command, const Session* session) {
  ActionOptions options;
  options.session = session;
  options.category = command.category;
  options.batch = command.batch;
  options.step_by_step = command.step_by_step;
  options.simplify = command.simplify;
  if (!session) options.context = context_of_environment();
  return options;
}

SessionOptions session_options() {
  SessionOptions options;
  if (const json context = context_of_environment(); !context.is_null()) options.context = context.dump();
  return options;
}

// What stands between the actions and their end: users at the terminal, interrupts.
class Course {
 public:
  Course(const ActionCommand& command, Runtime& runtime, Actions& actions)
      : command_(command),
        runtime_(runtime),
        actions_(actions),
        asks_here_(command.url.empty() && platform::is_terminal_input()) {}

  // Until all are at rest, and `stay` is over.
  void run(Display& display) {
    auto last_busy = std::chrono::steady_clock::now();
    for (;;) {
      runtime_.pump_until([] { return false; }, kTick);
      display.update(actions_);
      if (platform::interrupts() > 0 && !std::exchange(interrupted_, true)) {
        for (const auto& action : actions_) action->action().cancel();
      }
      for (const auto& action : actions_) attend(*action, display);
      const bool all_rest = std::all_of(actions_.begin(), actions_.end(),
                                        [](const auto& action) { return action->has_ended(); });
      const auto now = std::chrono::steady_clock::now();
      if (!all_rest) {
        last_busy = now;
        continue;
      }
      if (interrupted_ || refused() || now - last_busy >= std::chrono::duration<double>(command_.stay))
        return;
    }
  }

 private:
  void attend(WatchedAction& action, Display& display) {
    const bool is_over = action.has_ended() || interrupted_ || given_up_.contains(&action);
    if (!is_over && command_.step_by_step && action.is_paused() && action.present().status <= 1)
      return pause(action, display);
    // Users may have let it go on, taken it back or ended it.
    if (pausing_ == &action) pausing_ = nullptr;
    resumed_at_.erase(&action);
    if (is_over) return;
    if (!command_.url.empty() || action.present().status != 2) return;
    if (asks_here_) return ask(action, display);
    const auto wanted = wanted_parameters(action);
    for (const std::string& parameter : wanted) {
      std::cerr << "silex action: '" << parameter << "' has no value: give it with --parameter " << parameter
                << "=VALUE\n";
    }
    if (wanted.empty()) {
      std::cerr << "silex action: '" << action.label()
                << "' asks, and nobody is there: add --batch or --url\n";
    }
    refused_ = true;
    give_up(action);
  }
  void give_up(WatchedAction& action) {
    given_up_.insert(&action);
    action.action().cancel();
  }
  void ask(WatchedAction& action, Display& display) {
    if (asking_ && asking_ != &action) return;
    if (!asking_) {
      asking_ = &action;
      questions_.emplace(action);
      display.say(action.label() + ": " + action.present().label + " asks");
      show_question();
    }
    while (questions_->next()) {
      const auto line = platform::take_line();
      if (!line) return;
      if (line->is_end) {
        std::cout << std::endl;
        give_up(action);
        break;
      }
      questions_->answer(line->text);
      show_question();
    }
    if (!questions_->next()) action.action().answer(questions_->diff());
    asking_ = nullptr;
    questions_.reset();
  }
  void show_question() const {
    if (const auto question = questions_->next()) std::cout << *question << std::flush;
  }
  void pause(WatchedAction& action, Display& display) {
    const ShownCommand next = action.present();
    const std::string at = next.step + ":" + next.name;
    std::string& resumed_at = resumed_at_[&action];
    if ((pausing_ && pausing_ != &action) || resumed_at == at || input_has_ended_) return;
    resumed_at.clear();
    if (!std::exchange(pausing_, &action)) {
      display.say(action.label() + ": next is " + next.label + ": press Enter");
    }
    const auto line = platform::take_line();
    if (!line) return;
    pausing_ = nullptr;
    input_has_ended_ = line->is_end && !command_.url.empty();  // users at the service go on with it
    if (input_has_ended_) return;
    resumed_at = at;
    if (!line->is_end) return action.action().resume();
    display.say(action.label() + ": the input has ended, and nobody can press Enter");
    give_up(action);
  }

 public:
  [[nodiscard]] bool refused() const noexcept { return refused_; }

 private:
  const ActionCommand& command_;
  Runtime& runtime_;
  Actions& actions_;
  const bool asks_here_;
  bool interrupted_ = false;
  bool refused_ = false;
  const WatchedAction* asking_ = nullptr;
  std::optional<Questions> questions_;
  bool input_has_ended_ = false;
  const WatchedAction* pausing_ = nullptr;
  std::map<const WatchedAction*, std::string> resumed_at_;  // "step:command", which it may not have told yet
  std::set<const WatchedAction*> given_up_;                 // cancelled here: they ask no more
};

int print_ends(const Actions& actions) {
  int result = kFine;
  for (const auto& action : actions) {
    const ActionOutcome& outcome = action->outcome();
    switch (outcome.end) {
      case SILEX_ACTION_COMPLETED:
        std::cout << action->label() << ": completed\n";
        break;
      case SILEX_ACTION_UNDONE:
        std::cout << action->label() << ": undone\n";
        break;
      case SILEX_ACTION_FAILED:
        std::cout << action->label() << ": failed at " << outcome.command << ": " << outcome.message << "\n";
        result = kWrong;
        break;
      default:
        std::cout << action->label() << ": cancelled\n";
        if (result == kFine) result = kCancelled;
    }
  }
  return result;
}

int refuse(const Error& error) {
  std::cerr << "silex action: " << (error.detail().empty() ? std::string(error.what()) : error.detail())
            << "\n";
  return kUsage;
}

}  // namespace

int list_actions(const std::string& category) {
  const char* const roots = std::getenv("SILEX_ACTION_CONFIG");  // NOLINT(concurrency-mt-unsafe): one thread
  if (!roots) {
    std::cerr << "silex action: SILEX_ACTION_CONFIG names no folder of definitions\n";
    return kUsage;
  }
  const action::SearchPath search_path(roots, platform::kPathSeparator);
  for (const std::string& name : search_path.names(category)) std::cout << name << "\n";
  return kFine;
}

int list_parameters(const ActionCommand& command) {
  try {
    Runtime runtime;
    runtime.start();
    for (const std::string& name : command.names) {
      const Action action(runtime.context(), name, options_of(command, nullptr));
      const json whole = action.read();
      for (const auto& [step, part] : whole["steps"].items()) {
        for (const auto& [of, shown] : part["commands"].items()) {
          for (const auto& [parameter, what] : shown["parameters"].items()) {
            std::cout << step << ":" << of << ":" << parameter << "  " << what["type"].value("name", "")
                      << "  " << what["value"].dump() << "  " << what.value("label", "") << "\n";
          }
        }
      }
    }
    return kFine;
  } catch (const Error& error) {
    return refuse(error);
  }
}

int run_actions(const ActionCommand& command) {
  platform::count_interrupts();
  try {
    // What the log says below a warning, the display says of the actions themselves.
    Runtime runtime({.log = [](silex_log_level level, std::string_view line) {
      if (level >= SILEX_LOG_WARNING) std::cerr << line << "\n";
    }});
    if (!command.adapter.empty()) runtime.choose_adapter(command.adapter);
    runtime.start();
    std::unique_ptr<Session> session;
    if (!command.url.empty()) {
      ConnectionOptions to;
      to.url = command.url;
      session = std::make_unique<Session>(runtime.context(), session_options(), to);
    }
    Actions actions;
    for (const std::string& name : command.names) {
      actions.push_back(
          std::make_unique<WatchedAction>(runtime.context(), name, options_of(command, session.get())));
      if (!set_parameters(command, actions.back()->action())) return kUsage;
    }
    for (const auto& action : actions) action->execute();
    Course course(command, runtime, actions);
    {
      Display display(platform::is_terminal_output());
      course.run(display);
    }
    const int result = print_ends(actions);
    return course.refused() ? kWrong : result;
  } catch (const Error& error) {
    return refuse(error);
  }
}

}  // namespace silex::cli
