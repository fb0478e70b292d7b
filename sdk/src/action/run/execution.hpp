// One call of a command's execute(), undo() or setup(), as the command sees it: the silex_execution behind
// it.
#pragma once

#include "action/json.hpp"
#include "action/run/live_action.hpp"
#include "action/run/signal.hpp"

#include <silex/command.h>
#include <silex/context.hpp>

#include <atomic>
#include <list>
#include <memory>
#include <string>

namespace silex::action {

class Runner;

struct Result {
  silex_status status = SILEX_OK;
  Json value;
  std::string message;
  std::string detail;
};

class Execution final : public std::enable_shared_from_this<Execution> {
 public:
  enum class Kind { execute, undo, setup };

  // `name` is what the runtime's warnings call it.
  Execution(std::shared_ptr<Runner> runner, At at, Kind kind, const Json& parameters,
            const std::string& name);
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  // Calls the command, and gives how it ended. A task that is cancelled cancels it, and waits for its end.
  task<Result> run(const silex_command& functions, void* instance);

 private:
  struct Operation;

  static Execution& of(const silex_execution* view) { return *static_cast<Execution*>(view->impl); }
  void begin(const silex_command& functions, void* instance);
  void call();
  void end(const silex_result& result);
  void cancel();
  void log(silex_log_level level, const char* message);
  void progress(double percent);
  silex_id start(const char* request, void* data, silex_ended ended,
                 task<Json> (Execution::*work)(Json request));
  void withdraw(silex_id id);
  void ended(Operation& operation);

  // Operations of a command. They throw what the command is told.
  task<Json> prompt(Json request);
  task<Json> run_action(Json request);
  task<Json> insert_action(Json request);

  const std::shared_ptr<Runner> runner_;
  const At at_;
  const Kind kind_;
  const Context context_;
  const std::string name_;
  const std::string parameters_;
  const std::string metadata_;
  silex_execution view_{};
  const silex_command* functions_ = nullptr;
  void* instance_ = nullptr;
  std::string stored_;  // what stored() has handed out
  Result result_;
  bool is_called_ = false;
  bool has_ended_ = false;
  bool is_cancelled_ = false;
  Signal end_;
  std::list<std::shared_ptr<Operation>> operations_;
  silex_id last_operation_ = 0;
  std::atomic<int> percent_{-1};  // the last one, -1: not known
  std::atomic<bool> percent_posted_{false};
};

}  // namespace silex::action
