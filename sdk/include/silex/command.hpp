// Command: what an action's steps run, in C++20. Needs nlohmann-json, and so is no part of silex.hpp.
//
//   struct Export : silex::Command {
//     static constexpr const char* declaration = R"({"path": "studio.Export", "parameters": {
//       "file": {"type": "Path"}, "frames": {"type": "FrameSet", "value": "1-10"}}})";
//     silex::task<silex::json> execute(silex::CommandContext& context) override {
//       const auto file = context.get<std::string>("file");
//       co_await context.main_thread([&] { export_scene(file); });
//       co_return silex::json{{"file", file}};
//     }
//   };
//   SILEX_COMMAND_PACK(studio, "1.0", Export)
#pragma once

#include <silex/command.h>
#include <silex/context.hpp>
#include <silex/plugin.h>

#include <array>
#include <coroutine>
#include <cstring>
#include <exception>
#include <list>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include <nlohmann/json.hpp>

namespace silex {

// Objects keep the order of their members, in which users see them.
using json = nlohmann::ordered_json;

namespace detail {

inline std::string text_of(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

// A task that waits for a prompt or another action; lives in its coroutine.
class [[nodiscard("it does nothing until it is awaited")]] OperationAwaiter : Pending {
 public:
  using Start = silex_id (*silex_execution::*)(const silex_execution*, const char*, void*, silex_ended);
  OperationAwaiter(const silex_execution* execution, Start start, std::string request)
      : execution_(execution), start_(start), request_(std::move(request)) {}
  OperationAwaiter(const OperationAwaiter&) = delete;
  OperationAwaiter& operator=(const OperationAwaiter&) = delete;

  bool await_ready() const noexcept {
    return false;
  }
  template <typename Promise>
  bool await_suspend(std::coroutine_handle<Promise> awaiting) {
    TaskScope& scope = *awaiting.promise().scope;
    if (scope.stop_requested()) {
      failure_ = std::make_exception_ptr(Cancelled());
      return false;
    }
    cancel = [](Pending& self) noexcept {
      const auto& waiting = static_cast<OperationAwaiter&>(self);
      waiting.execution_->withdraw(waiting.execution_, waiting.id_);  // the end comes as it always does
    };
    id_ = (execution_->*start_)(
        execution_, request_.c_str(), this,
        [](void* data, const silex_result* result) { static_cast<OperationAwaiter*>(data)->ended(*result); });
    if (has_ended_) return false;
    awaiting_ = awaiting;
    scope_ = &scope;
    scope.add(*this);
    return true;
  }
  json await_resume() {
    if (failure_) std::rethrow_exception(failure_);
    return std::move(value_);
  }

 private:
  void ended(const silex_result& result) {
    has_ended_ = true;
    if (result.status == SILEX_OK) {
      value_ = result.value ? json::parse(result.value, nullptr, false) : json();
    } else {
      failure_ = make_exception(result.status, result.message ? result.message : "",
                                result.detail ? result.detail : "");
    }
    if (!awaiting_) return;
    scope_->remove(*this);
    awaiting_.resume();  // `this` is gone
  }

  const silex_execution* const execution_;
  const Start start_;
  const std::string request_;
  silex_id id_ = 0;
  bool has_ended_ = false;
  json value_;
  std::exception_ptr failure_;
  std::coroutine_handle<> awaiting_;
  TaskScope* scope_ = nullptr;
};

}  // namespace detail

// Which action run_action() and insert_action() mean, and its parameters by "[step:[command:]]name".
struct ActionRequest {
  std::string name;                  // of the action
  std::string category{};            // default: "action"
  json parameters = json::object();  // {"[step:[command:]]name": value}
  std::string label{};               // of its steps; insert_action() only; default: their own
  bool hide_commands = false;        // insert_action() only
  // As silex_execution.run_action() and insert_action() have it.
  [[nodiscard]] json to_json() const {
    json request{{"name", name}, {"parameters", parameters}, {"hide_commands", hide_commands}};
    if (!category.empty()) request["category"] = category;
    if (!label.empty()) request["label"] = label;
    return request;
  }
};

// What a command is given: valid during its task. [loop-thread], but for what says otherwise.
class CommandContext {
 public:
  // For the SDK: a command is given one.
  explicit CommandContext(const silex_execution* execution)
      : execution_(execution),
        context_(execution->api, execution->runtime),
        parameters_(json::parse(execution->parameters)),
        metadata_(json::parse(execution->context)) {}

  // The value of each parameter, cast to its type.
  [[nodiscard]] const json& parameters() const noexcept { return parameters_; }
  // One of them. Throws where there is none, or where it is of another type.
  template <typename Value>
  [[nodiscard]] Value get(const char* name) const {
    return parameters_.at(name).template get<Value>();
  }
  // The context of the action.
  [[nodiscard]] const json& metadata() const noexcept { return metadata_; }

  // As Context::main_thread(), on behalf of the command.
  template <typename Function>
  [[nodiscard]] auto main_thread(Function&& function, const WorkOptions& options = {}) const {
    return context_.main_thread(std::forward<Function>(function), options);
  }
  // As Context::worker().
  template <typename Function>
  [[nodiscard]] auto worker(Function&& function, const WorkOptions& options = {}) const {
    return context_.worker(std::forward<Function>(function), options);
  }
  // As Context::sleep().
  [[nodiscard]] auto sleep(std::chrono::nanoseconds duration) const noexcept {
    return context_.sleep(duration);
  }

  // Asks the user for {name: {"type", "value", "label", ...}}, and gives {name: value}. In batch it gives the
  // values that the parameters have. Name the question before: no g++ 12 compiles a list in braces inside a
  // co_await.
  [[nodiscard]] auto prompt(const json& parameters) const {
    return detail::OperationAwaiter(execution_, &silex_execution::prompt, detail::text_of(parameters));
  }
  // Runs another action, and gives {step: {command: output}}. Undone with this command.
  [[nodiscard]] auto run_action(const ActionRequest& request) const {
    return detail::OperationAwaiter(execution_, &silex_execution::run_action,
                                    detail::text_of(request.to_json()));
  }
  // Adds another action's steps after the present one, and gives {their name there: their name here}.
  [[nodiscard]] auto insert_action(const ActionRequest& request) const {
    return detail::OperationAwaiter(execution_, &silex_execution::insert_action,
                                    detail::text_of(request.to_json()));
  }

  // [any-thread] 0 to 100.
  void progress(double percent) const { execution_->progress(execution_, percent); }
  // [any-thread] A line in the command's log, which users see from SILEX_LOG_INFO up.
  void log(silex_log_level level, const std::string& message) const {
    execution_->log(execution_, level, message.c_str());
  }
  // [any-thread] The same at SILEX_LOG_INFO.
  void log(const std::string& message) const { log(SILEX_LOG_INFO, message); }

  // A value that the action's commands share; null where there is none. `key`: names with ":" between them.
  [[nodiscard]] json stored(const std::string& key) const {
    return json::parse(execution_->stored(execution_, key.c_str()));
  }
  // Throws Error where the key leads through something that is no object.
  void store(const std::string& key, const json& value) const {
    check(execution_->store(execution_, key.c_str(), detail::text_of(value).c_str()),
          "the key '" + key + "' leads through something that is no object: store it under another one");
  }
  // Changes how users see the command; see silex_execution.edit(). Throws Error where it can't be.
  void edit(const json& change) const {
    const std::string text = detail::text_of(change);
    check(execution_->edit(execution_, text.c_str()), "a command can't be edited with " + text);
  }
  // Skips the commands of the present step that follow.
  void exit_step() const { execution_->exit_step(execution_); }

  // For what else a task can do.
  [[nodiscard]] const Context& context() const noexcept { return context_; }

 private:
  static void check(silex_status status, const std::string& message) {
    if (status != SILEX_OK) throw Error(status, message);
  }

  const silex_execution* const execution_;
  const Context context_;
  const json parameters_;
  const json metadata_;
};

// An instance for each command of an action: what execute() keeps in members, undo() finds there. A derived
// class has `static constexpr const char* declaration`, as silex_command has it. All [loop-thread].
class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  // Gives the command's output. What it throws is an error of the command; Cancelled is none.
  virtual task<json> execute(CommandContext& context) = 0;
  // Takes back what execute() did, also where that failed half-way.
  virtual task<> undo(CommandContext& /*context*/) { co_return; }
  // Prepares the command: before it runs, and after each answer of the user's.
  virtual task<> setup(CommandContext& /*context*/) { co_return; }
};

namespace detail {

struct CommandCall;

struct CommandInstance {
  std::unique_ptr<Command> command;
  std::list<CommandCall*> calls{};
};

// One call of execute(), undo() or setup(). Owns itself until it has ended.
struct CommandCall {
  using Method = task<json> (*)(Command& command, CommandContext& context);

  CommandCall(CommandInstance& of, const silex_execution* with)
      : instance(of), execution(with), scope(with->api, with->runtime, with->task) {}

  static void start(void* instance, const silex_execution* execution, Method method) noexcept {
    std::unique_ptr<CommandCall> call;
    try {
      call = std::make_unique<CommandCall>(*static_cast<CommandInstance*>(instance), execution);
      call->context = std::make_unique<CommandContext>(execution);
      call->running = method(*call->instance.command, *call->context);
      call->place = call->instance.calls.insert(call->instance.calls.end(), call.get());
    } catch (...) {
      call.reset();
      return end(execution, nullptr, std::current_exception());
    }
    CommandCall* const begun = call.release();
    const auto finished = [](PromiseBase& ended) noexcept -> std::coroutine_handle<> {
      static_cast<CommandCall*>(ended.owner)->finish();
      return std::noop_coroutine();
    };
    if (PromiseBase::start(begun->running.coroutine(), begun->scope, finished, begun)) begun->finish();
  }

  static void cancel(void* instance, const silex_execution* execution) noexcept {
    for (CommandCall* const call : static_cast<CommandInstance*>(instance)->calls) {
      if (call->execution == execution) return call->request_stop();
    }
  }

  // What ends meanwhile waits for this to be over: the scope is in use.
  void request_stop() noexcept {
    is_stopping = true;
    scope.request_stop();
    is_stopping = false;
    if (is_done) finish();
  }

  void finish() noexcept {
    is_done = true;
    if (is_stopping) return;
    json value;
    std::exception_ptr failure;
    try {
      value = running.coroutine().promise().take();
    } catch (...) {
      failure = std::current_exception();
    }
    instance.calls.erase(place);
    const silex_execution* const last = execution;
    delete this;
    end(last, &value, failure);
  }

  static void end(const silex_execution* execution, const json* value,
                  const std::exception_ptr& failure) noexcept {
    std::string text;
    std::string message;
    silex_result result{sizeof(silex_result), SILEX_OK, nullptr, nullptr, nullptr};
    try {
      if (failure) std::rethrow_exception(failure);
      text = text_of(*value);
      result.value = text.c_str();
      return execution->end(execution, &result);
    } catch (const Error& error) {
      message = error.what();
      text = error.detail();
      result.status = error.code();
    } catch (const std::exception& error) {
      message = error.what();
      text.clear();
      result.status = SILEX_ERROR_EXCEPTION;
    } catch (...) {
      message = "something that is not a std::exception was thrown";
      result.status = SILEX_ERROR_EXCEPTION;
    }
    result.value = nullptr;
    result.message = message.c_str();
    result.detail = text.empty() ? nullptr : text.c_str();
    execution->end(execution, &result);
  }

  CommandInstance& instance;
  const silex_execution* const execution;
  TaskScope scope;
  std::unique_ptr<CommandContext> context;
  task<json> running;
  std::list<CommandCall*>::iterator place;
  bool is_stopping = false;
  bool is_done = false;
};

// silex_command of a class.
template <typename Of>
struct CommandTable {
  static_assert(std::is_base_of_v<Command, Of>, "a command derives from silex::Command");
  using Optional = task<> (Command::*)(CommandContext&);

  template <task<> (Command::*method)(CommandContext&)>
  static void start(void* instance, const silex_execution* execution) noexcept {
    CommandCall::start(instance, execution, [](Command& command, CommandContext& context) {
      return without_value((command.*method)(context));
    });
  }
  static task<json> without_value(task<> call) {
    co_await std::move(call);
    co_return json();
  }
  static void* create(const silex_command* /*self*/) noexcept {
    try {
      return new CommandInstance{std::make_unique<Of>()};
    } catch (...) {
      return nullptr;
    }
  }
  static void destroy(void* instance) noexcept { delete static_cast<CommandInstance*>(instance); }
  static void execute(void* instance, const silex_execution* execution) noexcept {
    CommandCall::start(instance, execution,
                       [](Command& command, CommandContext& context) { return command.execute(context); });
  }

  // What a class does not override is not there.
  static constexpr bool kUndoes = !std::is_same_v<decltype(&Of::undo), Optional>;
  static constexpr bool kSetsUp = !std::is_same_v<decltype(&Of::setup), Optional>;
  static constexpr silex_command table{sizeof(silex_command),
                                       Of::declaration,
                                       &create,
                                       &destroy,
                                       &execute,
                                       kUndoes ? &start<&Command::undo> : nullptr,
                                       kSetsUp ? &start<&Command::setup> : nullptr,
                                       &CommandCall::cancel};
};

template <typename... Commands>
struct CommandPack {
  static constexpr std::array<const silex_command*, sizeof...(Commands)> commands{
      &CommandTable<Commands>::table...};
  static constexpr silex_command_pack pack{sizeof(silex_command_pack), sizeof...(Commands), commands.data()};

  static const void* factory(const char* id) noexcept {
    return std::strcmp(id, SILEX_COMMANDS_FACTORY) == 0 ? &pack : nullptr;
  }
};

}  // namespace detail

}  // namespace silex

// The entry of a plugin that is a pack of these classes; `name` is an identifier. Once, in one file.
#define SILEX_COMMAND_PACK(name, version, ...)                    \
  extern "C" SILEX_EXPORT const silex_plugin_entry silex_plugin{  \
      sizeof(silex_plugin_entry),                                 \
      SILEX_ABI_MAJOR,                                            \
      SILEX_ABI_MINOR,                                            \
      #name,                                                      \
      version,                                                    \
      [](const silex_host*) -> silex_status { return SILEX_OK; }, \
      [](const silex_host*) -> silex_status { return SILEX_OK; }, \
      &silex::detail::CommandPack<__VA_ARGS__>::factory};
