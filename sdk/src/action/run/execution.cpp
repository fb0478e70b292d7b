#include "action/run/execution.hpp"

#include "action/run/runner.hpp"
#include "net/codec/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>

namespace silex::action {

namespace {

std::string text_of(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

LogLevel level_of(silex_log_level level) {
  switch (level) {
    case SILEX_LOG_DEBUG:
      return LogLevel::debug;
    case SILEX_LOG_WARNING:
      return LogLevel::warning;
    case SILEX_LOG_ERROR:
      return LogLevel::error;
    case SILEX_LOG_CRITICAL:
      return LogLevel::critical;
    default:
      return LogLevel::info;
  }
}

Result result_of(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const Error& error) {
    return {error.code(), nullptr, error.what(), error.detail()};
  } catch (const std::exception& error) {
    return {SILEX_ERROR_EXCEPTION, nullptr, error.what(), ""};
  } catch (...) {
    return {SILEX_ERROR_EXCEPTION, nullptr, "something that is not a std::exception was thrown", ""};
  }
}

// Calls function(key, last) for each part of "a:b:c".
template <typename Function>
void each_key(std::string_view path, Function&& function) {
  for (;;) {
    const std::size_t colon = path.find(':');
    function(std::string(path.substr(0, colon)), colon == std::string_view::npos);
    if (colon == std::string_view::npos) return;
    path.remove_prefix(colon + 1);
  }
}

const Json* stored_at(const Json& store, std::string_view path) {
  const Json* at = &store;
  each_key(path, [&](const std::string& key, bool) {
    if (!at || !at->is_object()) {
      at = nullptr;
      return;
    }
    const auto found = at->find(key);
    at = found == at->end() ? nullptr : &*found;
  });
  return at;
}

// False, and nothing is changed, where the path leads through something that is no object.
bool store_at(Json& store, std::string_view path, Json value) {
  const std::size_t colon = path.rfind(':');
  const std::string_view parent = path.substr(0, colon == std::string_view::npos ? 0 : colon);
  for (std::string_view prefix = parent; !prefix.empty();
       prefix = prefix.substr(0, prefix.rfind(':') == std::string_view::npos ? 0 : prefix.rfind(':'))) {
    const Json* const there = stored_at(store, prefix);
    if (there && !there->is_object()) return false;
  }
  Json* at = &store;
  each_key(path, [&](const std::string& key, bool last) {
    at = &(*at)[key];
    if (last) *at = std::move(value);
  });
  return true;
}

}  // namespace

// A prompt or another action that the command waits for.
struct Execution::Operation {
  Operation(const Context& context, silex_task_id task) : scope(context.api(), context.handle(), task) {}

  silex_id id = 0;
  void* data = nullptr;
  silex_ended told = nullptr;     // nullptr: nobody wants to know any more
  std::shared_ptr<Execution> of;  // which has to stay until this has ended
  detail::TaskScope scope;
  task<Json> work;
};

Execution::Execution(std::shared_ptr<Runner> runner, At at, Kind kind, const Json& parameters,
                     const std::string& name)
    : runner_(std::move(runner)),
      at_(at),
      kind_(kind),
      context_(runner_->stage_->context),
      name_(name),
      parameters_(text_of(parameters)),
      metadata_(text_of(runner_->live_.get().context_metadata)) {
  view_.size = sizeof view_;
  view_.impl = this;
  view_.api = context_.api();
  view_.runtime = context_.handle();
  view_.parameters = parameters_.c_str();
  view_.context = metadata_.c_str();
  view_.end = [](const silex_execution* self, const silex_result* result) { of(self).end(*result); };
  view_.log = [](const silex_execution* self, silex_log_level level, const char* message) {
    of(self).log(level, message);
  };
  view_.progress = [](const silex_execution* self, double percent) { of(self).progress(percent); };
  view_.edit = [](const silex_execution* self, const char* change) -> silex_status {
    Execution& execution = of(self);
    const std::string problem = execution.runner_->edit(execution.at_, Json::parse(change, nullptr, false));
    if (problem.empty()) return SILEX_OK;
    execution.log(SILEX_LOG_WARNING, ("the command can't be edited: " + problem).c_str());
    return SILEX_ERROR_INVALID_ARGUMENT;
  };
  view_.stored = [](const silex_execution* self, const char* key) -> const char* {
    Execution& execution = of(self);
    const Json* const value = stored_at(execution.runner_->store_, key);
    execution.stored_ = value ? text_of(*value) : "null";
    return execution.stored_.c_str();
  };
  view_.store = [](const silex_execution* self, const char* key, const char* value) -> silex_status {
    Json read = Json::parse(value, nullptr, false);
    if (read.is_discarded()) return SILEX_ERROR_INVALID_ARGUMENT;
    return store_at(of(self).runner_->store_, key, std::move(read)) ? SILEX_OK : SILEX_ERROR_INVALID_ARGUMENT;
  };
  view_.prompt = [](const silex_execution* self, const char* request, void* data, silex_ended told) {
    return of(self).start(request, data, told, &Execution::prompt);
  };
  view_.run_action = [](const silex_execution* self, const char* request, void* data, silex_ended told) {
    return of(self).start(request, data, told, &Execution::run_action);
  };
  view_.insert_action = [](const silex_execution* self, const char* request, void* data, silex_ended told) {
    return of(self).start(request, data, told, &Execution::insert_action);
  };
  view_.withdraw = [](const silex_execution* self, silex_id id) { of(self).withdraw(id); };
  view_.exit_step = [](const silex_execution* self) { of(self).runner_->exit_step(of(self).at_); };
}

task<Result> Execution::run(const silex_command& functions, void* instance) {
  begin(functions, instance);
  co_await end_.wait([this] { cancel(); });
  co_return std::move(result_);
}

void Execution::begin(const silex_command& functions, void* instance) {
  functions_ = &functions;
  instance_ = instance;
  silex_task opened{sizeof(silex_task), name_.c_str(), this,
                    [](void* data) { static_cast<Execution*>(data)->runner_->request_stop(); }};
  if (context_.api()->task_open(context_.handle(), &opened, &view_.task) != SILEX_OK) {
    const silex_error& error = *context_.api()->last_error();
    return end({sizeof(silex_result), error.code, nullptr, error.message, error.detail});
  }
  runner_->stage_->table->works(view_.task, {runner_->uuid(), name_});
  // As a callback of the task, so that a command that holds the loop is named from its first instruction on.
  auto posted = std::make_unique<std::shared_ptr<Execution>>(shared_from_this());
  const auto call = [](void* data) {
    const std::unique_ptr<std::shared_ptr<Execution>> owned(static_cast<std::shared_ptr<Execution>*>(data));
    (*owned)->call();
  };
  if (context_.api()->post(context_.handle(), view_.task, call, posted.get()) == SILEX_OK) {
    static_cast<void>(posted.release());
  } else {
    const silex_error& error = *context_.api()->last_error();
    end({sizeof(silex_result), error.code, nullptr, error.message, error.detail});
  }
}

void Execution::call() {
  if (has_ended_) return;
  is_called_ = true;
  const auto function = kind_ == Kind::execute ? functions_->execute
                        : kind_ == Kind::undo  ? functions_->undo
                                               : functions_->setup;
  try {
    function(instance_, &view_);
  } catch (...) {
    const Result failed = result_of(std::current_exception());
    end({sizeof(silex_result), SILEX_ERROR_PLUGIN_EXCEPTION, nullptr,
         ("a C++ exception left the command, which must not happen: " + failed.message).c_str(), nullptr});
  }
}

void Execution::end(const silex_result& result) {
  if (has_ended_) return;
  const auto keep = shared_from_this();
  has_ended_ = true;
  result_.status = result.status;
  if (result.value && result.status == SILEX_OK) {
    result_.value = Json::parse(result.value, nullptr, false);
    if (result_.value.is_discarded()) {
      result_ = {SILEX_ERROR_EXCEPTION, nullptr, "its output is no JSON", ""};
    }
  }
  if (result.status != SILEX_OK) {
    result_.message = net::as_utf8(result.message ? result.message : "it gave no reason");
    result_.detail = net::as_utf8(result.detail ? result.detail : "");
  }
  // Who has ended wants to hear nothing more; what it asked for ends by itself.
  for (const auto& operation : std::list(operations_)) {
    operation->told = nullptr;
    operation->scope.request_stop();
  }
  if (view_.task != 0) {
    context_.api()->task_close(context_.handle(), view_.task);
    runner_->stage_->table->ended(view_.task);
  }
  end_.set();
}

void Execution::cancel() {
  if (has_ended_ || is_cancelled_) return;
  is_cancelled_ = true;
  const auto keep = shared_from_this();
  // What has not begun never does.
  if (!is_called_) return end({sizeof(silex_result), SILEX_ERROR_CANCELLED, nullptr, "cancelled", nullptr});
  if (functions_->cancel) functions_->cancel(instance_, &view_);
}

void Execution::log(silex_log_level level, const char* message) {
  if (context_.current_thread() == SILEX_THREAD_LOOP) {
    return runner_->live_.log(at_, level_of(level), net::as_utf8(message));
  }
  runner_->post([self = shared_from_this(), level = level_of(level), text = net::as_utf8(message)] {
    self->runner_->live_.log(self->at_, level, text);
  });
}

void Execution::progress(double percent) {
  percent_ = percent >= 0 ? static_cast<int>(std::lround(std::min(percent, 100.0))) : -1;
  // One that waits will find the newest.
  if (percent_posted_.exchange(true)) return;
  const auto tell = [self = shared_from_this()] {
    self->percent_posted_ = false;
    const int known = self->percent_;
    self->runner_->live_.set_progress(self->at_, known < 0 ? std::nullopt : std::optional(known));
  };
  context_.current_thread() == SILEX_THREAD_LOOP ? tell() : runner_->post(tell);
}

silex_id Execution::start(const char* request, void* data, silex_ended ended_function,
                          task<Json> (Execution::*work)(Json request)) {
  const auto operation = std::make_shared<Operation>(context_, view_.task);
  operation->id = ++last_operation_;
  operation->data = data;
  operation->told = ended_function;
  operation->of = shared_from_this();
  operation->work = (this->*work)(Json::parse(request, nullptr, false));
  operations_.push_back(operation);
  const auto finished = [](detail::PromiseBase& promise) noexcept -> std::coroutine_handle<> {
    auto& done = *static_cast<Operation*>(promise.owner);
    done.of->ended(done);
    return std::noop_coroutine();
  };
  if (detail::PromiseBase::start(operation->work.coroutine(), operation->scope, finished, operation.get())) {
    ended(*operation);
  }
  return operation->id;
}

void Execution::withdraw(silex_id id) {
  const auto found = std::find_if(operations_.begin(), operations_.end(),
                                  [id](const auto& operation) { return operation->id == id; });
  if (found == operations_.end()) return;
  const auto keep = *found;
  keep->scope.request_stop();
}

void Execution::ended(Operation& operation) {
  const auto found = std::find_if(operations_.begin(), operations_.end(),
                                  [&](const auto& known) { return known.get() == &operation; });
  if (found == operations_.end()) return;
  const auto keep = *found;
  const auto self = shared_from_this();
  operations_.erase(found);
  Result result;
  try {
    result.value = keep->work.coroutine().promise().take();
  } catch (...) {
    result = result_of(std::current_exception());
  }
  if (!keep->told) return;
  const std::string value = text_of(result.value);
  const silex_result told{sizeof(silex_result), result.status,
                          result.status == SILEX_OK ? value.c_str() : nullptr,
                          result.message.empty() ? nullptr : result.message.c_str(),
                          result.detail.empty() ? nullptr : result.detail.c_str()};
  keep->told(keep->data, &told);
}

task<Json> Execution::prompt(Json request) {
  return runner_->prompt(at_, std::move(request));
}

task<Json> Execution::run_action(Json request) {
  return runner_->run_action(at_, std::move(request));
}

task<Json> Execution::insert_action(Json request) {
  Action other = co_await runner_->load(request);
  co_return runner_->insert(at_, std::move(other), request);
}

}  // namespace silex::action
