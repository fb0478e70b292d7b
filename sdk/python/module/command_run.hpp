// One execute(), undo() or setup() of a command in Python, from the loop's side and from Python's.
#pragma once

#include "call.hpp"

#include <silex/api.h>
#include <silex/command.h>

#include <list>
#include <memory>
#include <mutex>
#include <string>

namespace silex::python {

// Shared by the loop, which may not take the GIL, and by whatever in Python still speaks of it.
class CommandRun : public std::enable_shared_from_this<CommandRun> {
 public:
  enum class Ask { edit, stored, store, prompt, run_action, insert_action, exit_step };

  explicit CommandRun(const silex_execution& execution)
      : execution_(&execution), api_(*execution.api), runtime_(execution.runtime), task_(execution.task) {}

  // [loop-thread] From now on a runtime that stops ends it without waiting for Python: what Python has to say
  // no longer reaches the loop then.
  void watch_for_stop();
  // [loop-thread] Which of them it is; none once it has ended.
  [[nodiscard]] bool is_of(const silex_execution* execution) const noexcept {
    return execution_ == execution;
  }
  [[nodiscard]] bool has_ended() const noexcept { return !execution_; }

  // [any-thread] Nothing happens once it has ended.
  void log(silex_log_level level, const char* message);
  void progress(double percent);
  // [any-thread] The status of posting it. What is posted after the end ends the call with a failure.
  silex_status end(silex_result result, std::string value, std::string message, std::string detail);
  silex_status ask(Ask what, std::string key, std::string text, Call& call);
  silex_status withdraw(const Call& call);

  [[nodiscard]] silex_task_id task() const noexcept { return task_; }

  // What Python gave back when it was started; with the GIL.
  PyObject* canceller = nullptr;

 private:
  struct Asked;
  template <typename Function>
  silex_status post(Function function);
  // [loop-thread]
  void end_now(const silex_result& result);
  void asked(const std::shared_ptr<Asked>& asked);
  static void answered(void* data, const silex_result* result);

  std::mutex mutex_;                  // log() and progress() against the end
  const silex_execution* execution_;  // nullptr: it has ended
  const silex_api& api_;
  silex_runtime* const runtime_;
  const silex_task_id task_;
  std::shared_ptr<CommandRun> keep_;           // itself, until it has ended; loop only
  silex_task_id stop_watch_ = 0;               // a task of its own, which is cancelled by a stop; loop only
  std::list<std::shared_ptr<Asked>> waiting_;  // prompts and actions; loop only
};

}  // namespace silex::python
