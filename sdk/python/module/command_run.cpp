#include "command_run.hpp"

#include <algorithm>
#include <utility>

namespace silex::python {

// What the command asked of the action, and the call that it waits with.
struct CommandRun::Asked {
  Asked(std::shared_ptr<CommandRun> by, Ask asked, std::string of, std::string request, Call& waiting)
      : run(std::move(by)), what(asked), key(std::move(of)), text(std::move(request)), call(&waiting) {}
  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;
  ~Asked() { drop_references_later(*call); }

  const std::shared_ptr<CommandRun> run;
  const Ask what;
  const std::string key;
  const std::string text;
  Call* const call;  // with the two references of add_references()
  silex_id id = 0;
};

// Runs function() on the loop. It is run once it is accepted.
template <typename Function>
silex_status CommandRun::post(Function function) {
  auto boxed = std::make_unique<Function>(std::move(function));
  const silex_status posted = api_.post(
      runtime_, task_, [](void* data) { (*std::unique_ptr<Function>(static_cast<Function*>(data)))(); },
      boxed.get());
  if (posted == SILEX_OK) static_cast<void>(boxed.release());
  return posted;
}

void CommandRun::log(silex_log_level level, const char* message) {
  const std::lock_guard lock(mutex_);
  if (execution_) execution_->log(execution_, level, message);
}

void CommandRun::progress(double percent) {
  const std::lock_guard lock(mutex_);
  if (execution_) execution_->progress(execution_, percent);
}

void CommandRun::watch_for_stop() {
  silex_task task{};
  task.size = sizeof task;
  task.name = "a command in Python";
  task.data = this;  // alive until end_now(), which closes the task
  task.cancel = [](void* data) {
    const auto self = static_cast<CommandRun*>(data)->shared_from_this();
    self->end_now({sizeof(silex_result), SILEX_ERROR_CANCELLED, nullptr, "the runtime stops", nullptr});
  };
  keep_ = shared_from_this();
  if (api_.task_open(runtime_, &task, &stop_watch_) != SILEX_OK) keep_.reset();
}

void CommandRun::end_now(const silex_result& result) {
  const silex_execution* execution = nullptr;
  {
    const std::lock_guard lock(mutex_);
    execution = std::exchange(execution_, nullptr);
  }
  if (!execution) return;
  const auto self = std::move(keep_);
  if (stop_watch_ != 0) static_cast<void>(api_.task_close(runtime_, stop_watch_));
  // What is left is answered while it is withdrawn, or later.
  for (const auto& asked : std::list(waiting_)) execution->withdraw(execution, asked->id);
  execution->end(execution, &result);
}

silex_status CommandRun::end(silex_result result, std::string value, std::string message,
                             std::string detail) {
  return post([self = shared_from_this(), result, value = std::move(value), message = std::move(message),
               detail = std::move(detail)]() mutable {
    if (!value.empty()) result.value = value.c_str();
    result.message = message.c_str();
    result.detail = detail.c_str();
    self->end_now(result);
  });
}

silex_status CommandRun::ask(Ask what, std::string key, std::string text, Call& call) {
  auto asked = std::make_shared<Asked>(shared_from_this(), what, std::move(key), std::move(text), call);
  return post([asked = std::move(asked)] { asked->run->asked(asked); });
}

void CommandRun::asked(const std::shared_ptr<Asked>& asked) {
  const silex_execution* const execution = execution_;  // only the loop ends it
  Call& call = *asked->call;
  if (!execution) {
    return end_with_status(call, SILEX_ERROR_NOT_FOUND, "the command has ended: nothing can be asked for it",
                           "");
  }
  const auto tell = [&](silex_status status) {
    if (status == SILEX_OK) return end_with_text(call, "null");
    end_with_status(call, status, api_.last_error()->message, api_.last_error()->detail);
  };
  const auto wait_for = [&](silex_id (*start)(const silex_execution*, const char*, void*, silex_ended)) {
    waiting_.push_back(asked);
    asked->id = start(execution, asked->text.c_str(), asked.get(), &CommandRun::answered);
  };
  switch (asked->what) {
    case Ask::edit:
      return tell(execution->edit(execution, asked->text.c_str()));
    case Ask::stored:
      return end_with_text(call, execution->stored(execution, asked->key.c_str()));
    case Ask::store:
      return tell(execution->store(execution, asked->key.c_str(), asked->text.c_str()));
    case Ask::prompt:
      return wait_for(execution->prompt);
    case Ask::run_action:
      return wait_for(execution->run_action);
    case Ask::insert_action:
      return wait_for(execution->insert_action);
    case Ask::exit_step:
      execution->exit_step(execution);
      return tell(SILEX_OK);
  }
}

void CommandRun::answered(void* data, const silex_result* result) {
  auto& asked = *static_cast<Asked*>(data);
  if (result->status == SILEX_OK) {
    end_with_text(*asked.call, result->value ? result->value : "null");
  } else {
    end_with_status(*asked.call, result->status, result->message ? result->message : "it was withdrawn",
                    result->detail ? result->detail : "");
  }
  const auto run = asked.run;  // which the last of them may be all that holds
  run->waiting_.remove_if([&](const auto& waiting) { return waiting.get() == &asked; });
}

silex_status CommandRun::withdraw(const Call& call) {
  return post([self = shared_from_this(), &call] {
    const auto waiting = std::find_if(self->waiting_.begin(), self->waiting_.end(),
                                      [&](const auto& asked) { return asked->call == &call; });
    if (self->execution_ && waiting != self->waiting_.end()) {
      self->execution_->withdraw(self->execution_, (*waiting)->id);
    }
  });
}

}  // namespace silex::python
