// What a command is given when it is called, without a runtime: its work is run here, one after the other.
#pragma once

#include "commands/pack.hpp"

#include <silex/command.hpp>

#include <deque>
#include <functional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace silex::commands {

// One command of the pack, and its action. This thread is all of its threads.
class FakeExecution {
 public:
  explicit FakeExecution(const std::string& path)
      : command_(find(path)), instance_(command_.create(&command_)) {
    const json declaration = json::parse(command_.declaration);
    for (const auto& [name, parameter] : declaration["parameters"].items()) {
      parameters[name] = parameter.contains("value") ? parameter["value"] : json();
    }
    fill_table();
    fill_execution();
  }
  FakeExecution(const FakeExecution&) = delete;
  FakeExecution& operator=(const FakeExecution&) = delete;
  ~FakeExecution() {
    loop_.clear();
    destroy();
    run_all();
  }

  // Their output. Throws what they end with.
  json execute() { return call(command_.execute); }
  json undo() { return call(command_.undo); }
  json setup() { return call(command_.setup); }
  void cancel() { command_.cancel(instance_, &execution_); }
  // Its action is closed; what it asks for then waits for run_all().
  void destroy() {
    if (void* const last = std::exchange(instance_, nullptr)) command_.destroy(last);
  }
  void run_all() {
    while (!loop_.empty()) run_next();
  }

  json parameters = json::object();
  json store = json::object();  // by whole keys
  std::deque<json> answers;     // to prompts; none left: as in batch
  json steps = json::object();  // that insert_action() gives
  std::vector<json> prompts;    // that came
  std::vector<json> edits;
  std::vector<json> insertions;
  std::vector<std::string> logs;  // "1 text"
  std::vector<double> percents;
  std::function<void()> on_progress = [] {};
  bool has_left_step = false;

 private:
  static const silex_command& find(const std::string& path) {
    const silex_command_pack& pack = builtin_pack();
    for (std::uint32_t index = 0; index < pack.count; ++index) {
      if (json::parse(pack.commands[index]->declaration)["path"] == path) return *pack.commands[index];
    }
    throw std::runtime_error("no command " + path);
  }
  static FakeExecution& of(const silex_execution* execution) {
    return *static_cast<FakeExecution*>(execution->impl);
  }
  static FakeExecution& of(silex_runtime* runtime) {
    void* const self = runtime;
    return *static_cast<FakeExecution*>(self);
  }

  json call(void (*function)(void*, const silex_execution*)) {
    text_ = parameters.dump();
    execution_.parameters = text_.c_str();
    has_ended_ = false;
    failure_ = nullptr;
    function(instance_, &execution_);
    while (!has_ended_) {
      if (loop_.empty()) throw std::runtime_error("it waits for ever");
      run_next();
    }
    if (failure_) std::rethrow_exception(failure_);
    return output_;
  }

  void run_next() {
    const auto next = std::move(loop_.front());
    loop_.pop_front();
    next();
  }

  void run(silex_id id, const silex_work& work) {
    struct Scope : silex_scope {
      FakeExecution* self = nullptr;
      silex_id id = 0;
    } scope;
    scope.size = sizeof(silex_scope);
    scope.self = this;
    scope.id = id;
    scope.stop_requested = [](const silex_scope* base) {
      const auto& running = *static_cast<const Scope*>(base);
      return running.self->cancelled_.contains(running.id);
    };
    scope.fail = [](const silex_scope*, const char*, const char*) {};
    const silex_status status = cancelled_.contains(id) ? static_cast<silex_status>(SILEX_ERROR_CANCELLED)
                                                        : work.run(work.data, &scope);
    const silex_error error{sizeof(silex_error), status, "ended otherwise", ""};
    silex_completion completion{sizeof(silex_completion), SILEX_OUTCOME_VALUE, nullptr};
    if (status != SILEX_OK) {
      completion.outcome =
          status == SILEX_ERROR_CANCELLED ? SILEX_OUTCOME_CANCELLED : SILEX_OUTCOME_EXCEPTION;
      completion.error = &error;
    }
    if (work.done) work.done(work.data, &completion);
    work.release(work.data);
  }

  void fill_table() {
    const auto accept = [](silex_runtime* runtime, const silex_work* work, silex_id* id) -> silex_status {
      FakeExecution& self = of(runtime);
      const silex_id number = ++self.last_id_;
      if (id) *id = number;
      self.loop_.emplace_back([&self, number, copy = *work] { self.run(number, copy); });
      return SILEX_OK;
    };
    api_.defer = accept;
    api_.submit = accept;
    api_.cancel = [](silex_runtime* runtime, silex_id id) -> silex_status {
      of(runtime).cancelled_.insert(id);
      return SILEX_OK;
    };
    api_.timer_start = [](silex_runtime* runtime, const silex_timer* timer, silex_id* id) -> silex_status {
      FakeExecution& self = of(runtime);
      *id = ++self.last_id_;
      self.loop_.emplace_back([&self, number = *id, copy = *timer] {
        copy.fired(copy.data, self.cancelled_.contains(number) ? SILEX_ERROR_CANCELLED : SILEX_OK);
      });
      return SILEX_OK;
    };
  }

  void fill_execution() {
    execution_.size = sizeof execution_;
    execution_.impl = this;
    execution_.api = &api_;
    void* const self = this;
    execution_.runtime = static_cast<silex_runtime*>(self);
    execution_.context = "{}";
    execution_.end = [](const silex_execution* from, const silex_result* result) {
      FakeExecution& to = of(from);
      to.has_ended_ = true;
      to.output_ = result->value ? json::parse(result->value) : json();
      if (result->status != SILEX_OK) to.failure_ = make_exception(result->status, result->message);
    };
    execution_.log = [](const silex_execution* from, silex_log_level level, const char* message) {
      of(from).logs.push_back(std::to_string(level) + " " + message);
    };
    execution_.progress = [](const silex_execution* from, double percent) {
      of(from).percents.push_back(percent);
      of(from).on_progress();
    };
    execution_.edit = [](const silex_execution* from, const char* change) -> silex_status {
      of(from).edits.push_back(json::parse(change));
      return SILEX_OK;
    };
    execution_.stored = [](const silex_execution* from, const char* key) -> const char* {
      FakeExecution& in = of(from);
      in.stored_ = in.store.contains(key) ? in.store[key].dump() : "null";
      return in.stored_.c_str();
    };
    execution_.store = [](const silex_execution* from, const char* key, const char* value) -> silex_status {
      of(from).store[key] = json::parse(value);
      return SILEX_OK;
    };
    execution_.prompt = [](const silex_execution* from, const char* question, void* data, silex_ended ended) {
      FakeExecution& in = of(from);
      in.prompts.push_back(json::parse(question));
      json answer = json::object();
      for (const auto& [name, parameter] : in.prompts.back().items()) answer[name] = parameter["value"];
      if (!in.answers.empty()) {
        answer.update(in.answers.front());
        in.answers.pop_front();
      }
      return in.answer(answer, data, ended);
    };
    execution_.insert_action = [](const silex_execution* from, const char* request, void* data,
                                  silex_ended ended) {
      FakeExecution& in = of(from);
      in.insertions.push_back(json::parse(request));
      return in.answer(in.steps, data, ended);
    };
    execution_.withdraw = [](const silex_execution*, silex_id) {};
    execution_.exit_step = [](const silex_execution* from) { of(from).has_left_step = true; };
  }

  silex_id answer(const json& value, void* data, silex_ended ended) {
    loop_.emplace_back([text = value.dump(), data, ended] {
      const silex_result result{sizeof(silex_result), SILEX_OK, text.c_str(), nullptr, nullptr};
      ended(data, &result);
    });
    return ++last_id_;
  }

  const silex_command& command_;
  void* instance_;
  silex_api api_{};
  silex_execution execution_{};
  std::deque<std::function<void()>> loop_;
  std::set<silex_id> cancelled_;
  silex_id last_id_ = 0;
  std::string text_;
  std::string stored_;
  bool has_ended_ = false;
  json output_;
  std::exception_ptr failure_;
};

}  // namespace silex::commands
