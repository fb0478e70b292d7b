// Action: one that runs, in C++20. Needs nlohmann-json, and so is no part of silex.hpp.
//
//   silex::Action action(context, "publish", {.session = &session});
//   action.set("export:file", "/tmp/shot.abc");
//   const silex::ActionOutcome outcome = co_await action.execute();
#pragma once

#include <silex/action.h>
#include <silex/command.hpp>
#include <silex/session.hpp>

#include <condition_variable>
#include <coroutine>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace silex {

// As silex_action_outcome.
struct ActionOutcome {
  silex_action_end end = SILEX_ACTION_CANCELLED;
  std::string command{};
  std::string message{};
  std::string detail{};
  json outputs = json::object();  // {step: {command: output}}
};

// As silex_action_options. The functions are called on the loop, must not block, and are not called once the
// action is gone; what they throw is logged.
struct ActionOptions {
  const Session* session = nullptr;  // users see the action through it; must outlive the action
  std::string category{};            // default: "action"
  std::string roots{};               // folders of definitions; default: those of SILEX_ACTION_CONFIG
  json context = nullptr;            // default: the session's
  bool batch = false;
  bool step_by_step = false;
  bool simplify = false;
  std::function<void(const json& diff)> on_change{};
  std::function<void(const ActionOutcome&)> on_end{};
};

// Its functions throw Error, and may be called from any thread; they never block, but for the constructor,
// which reads files, and for wait().
class Action {
 public:
  // Loads it; throws Error where the definition is wrong, whose detail has a line for each finding.
  Action(Context context, const std::string& name, ActionOptions options = {})
      : context_(context), shared_(std::make_shared<Shared>(context, name)) {
    shared_->options = std::move(options);
    const ActionOptions& kept = shared_->options;
    const std::string metadata = kept.context.is_null() ? "" : detail::text_of(kept.context);
    silex_action_options raw{};
    raw.size = sizeof raw;
    if (kept.batch) raw.flags |= SILEX_ACTION_BATCH;
    if (kept.step_by_step) raw.flags |= SILEX_ACTION_STEP_BY_STEP;
    if (kept.simplify) raw.flags |= SILEX_ACTION_SIMPLIFY;
    raw.name = name.c_str();
    if (!kept.category.empty()) raw.category = kept.category.c_str();
    if (!kept.roots.empty()) raw.roots = kept.roots.c_str();
    if (kept.session) raw.session = kept.session->connection().id();
    if (!metadata.empty()) raw.context = metadata.c_str();
    auto data = std::make_unique<std::shared_ptr<Shared>>(shared_);
    raw.data = data.get();
    raw.on_change = [](void* to, const char* diff) {
      Shared& told = **static_cast<std::shared_ptr<Shared>*>(to);
      if (told.options.on_change) told.tell("on_change", [&] { told.options.on_change(json::parse(diff)); });
    };
    raw.on_end = [](void* to, const silex_action_outcome* outcome) {
      (*static_cast<std::shared_ptr<Shared>*>(to))->end(*outcome);
    };
    raw.release = [](void* to) { delete static_cast<std::shared_ptr<Shared>*>(to); };
    check(api().action_open(context_.handle(), &raw, &id_));
    static_cast<void>(data.release());
  }
  Action(const Action&) = delete;
  Action& operator=(const Action&) = delete;
  // Cancels what runs; the service forgets the action. Waits for a function of its options that is being
  // called on another thread.
  ~Action() {
    shared_->gate.close();
    api().action_close(context_.handle(), id_);
  }

  // "[step:[command:]]name"
  void set(const std::string& parameter, const json& value) {
    check(api().action_set(context_.handle(), id_, parameter.c_str(), detail::text_of(value).c_str()));
  }

 private:
  struct Shared;

 public:
  // What execute() and undo() give: `co_await` it in a task, or wait() for it elsewhere, or neither. A task
  // that is cancelled while it waits cancels the action.
  class Run {
   public:
    // Blocks; on the host's main thread deferred calls go on meanwhile. [any-thread but loop-thread]
    ActionOutcome wait() {
      if (of_->context_.current_thread() == SILEX_THREAD_LOOP) {
        throw Error(SILEX_ERROR_WOULD_DEADLOCK,
                    "waiting for an action on the loop, where it runs, would never end: co_await it");
      }
      if (of_->context_.current_thread() == SILEX_THREAD_MAIN) {
        of_->check(of_->api().pump_until(
            of_->context_.handle(), [](void* data) { return static_cast<Run*>(data)->has_ended(); }, this,
            SILEX_NONE));
      }
      std::unique_lock lock(of_->shared_->mutex);
      of_->shared_->changed.wait(lock, [this] { return of_->shared_->ended >= number_; });
      return of_->shared_->last;
    }
    // [any-thread] Never blocks.
    [[nodiscard]] bool has_ended() const {
      const std::lock_guard lock(of_->shared_->mutex);
      return of_->shared_->ended >= number_;
    }

    // Gives an ActionOutcome, in a task.
    auto operator co_await() const noexcept { return Awaiter(*of_, number_); }

   private:
    friend class Action;
    Run(Action& of, std::uint64_t number) noexcept : of_(&of), number_(number) {}
    Action* of_;
    std::uint64_t number_;
  };

  // Runs it from its first command that has not completed.
  Run execute() {
    return begin([this](std::uint64_t run) { return api().action_execute(context_.handle(), id_, run); });
  }
  // Takes back the last command, or all.
  Run undo(bool all = false) {
    return begin(
        [this, all](std::uint64_t run) { return api().action_undo(context_.handle(), id_, all, run); });
  }
  // Stops before the next command.
  void pause() { check(api().action_pause(context_.handle(), id_)); }
  // Goes on after a pause.
  void resume() { check(api().action_resume(context_.handle(), id_)); }
  // Cancels what runs; nothing where it is at rest.
  void cancel() { check(api().action_cancel(context_.handle(), id_)); }
  // "[step:]command"
  void skip(const std::string& command) { check(api().action_skip(context_.handle(), id_, command.c_str())); }
  // What a user would answer: a diff.
  void answer(const json& diff) {
    check(api().action_answer(context_.handle(), id_, detail::text_of(diff).c_str()));
  }
  // The whole action, as the service has it.
  [[nodiscard]] json read() const {
    std::string text;
    std::uint64_t length = 0;
    do {  // it may have grown meanwhile
      text.resize(length);
      check(api().action_read(context_.handle(), id_, text.data(), text.size() + 1, &length));
    } while (length > text.size());
    return json::parse(text.substr(0, length));
  }

 private:
  struct Waiter {
    std::uint64_t number = 0;
    std::coroutine_handle<> awaiting{};
  };
  // What the runtime calls; it may outlive the action for a moment.
  struct Shared {
    Shared(Context of, std::string action) : context(of), name(std::move(action)) {}
    template <typename Function>
    void tell(const char* function, Function&& call) {
      gate.call(context, std::string(function) + " of the action '" + name + "'", call);
    }
    void end(const silex_action_outcome& outcome) {
      ActionOutcome told{outcome.end, outcome.command, outcome.message, outcome.detail,
                         json::parse(outcome.outputs)};
      if (options.on_end) tell("on_end", [&] { options.on_end(told); });
      std::vector<std::coroutine_handle<>> awaiting;
      {
        const std::lock_guard lock(mutex);
        if (outcome.run == 0) return;  // nobody waits for what a user wished
        last = std::move(told);
        ended = outcome.run;
        std::erase_if(waiters, [&](const Waiter* waiter) {
          if (waiter->number > ended) return false;
          awaiting.push_back(waiter->awaiting);
          return true;
        });
      }
      changed.notify_all();
      for (const auto handle : awaiting) handle.resume();
    }

    Context context;
    std::string name;
    detail::HandlerGate gate;
    ActionOptions options;
    std::mutex mutex;
    std::condition_variable changed;
    std::uint64_t begun = 0;  // the number of the last run that was asked for
    std::uint64_t ended = 0;  // and of the last that has ended: they do so in order
    ActionOutcome last;
    std::vector<Waiter*> waiters;
  };
  class Awaiter : detail::Pending {
   public:
    Awaiter(Action& of, std::uint64_t number) noexcept : of_(of) { waiter_.number = number; }
    bool await_ready() const noexcept { return false; }
    template <typename Promise>
    bool await_suspend(std::coroutine_handle<Promise> awaiting) {
      scope_ = awaiting.promise().scope;
      cancel = [](Pending& self) noexcept {
        Action& action = static_cast<Awaiter&>(self).of_;
        action.api().action_cancel(action.context_.handle(), action.id_);  // the end comes as it always does
      };
      waiter_.awaiting = awaiting;
      {
        const std::lock_guard lock(of_.shared_->mutex);
        if (of_.shared_->ended >= waiter_.number) return false;
        of_.shared_->waiters.push_back(&waiter_);
      }
      if (scope_->stop_requested()) {
        cancel(*this);
      } else {
        scope_->add(*this);
      }
      return true;
    }
    ActionOutcome await_resume() {
      if (scope_) scope_->remove(*this);
      const std::lock_guard lock(of_.shared_->mutex);
      return of_.shared_->last;
    }

   private:
    Action& of_;
    Waiter waiter_;
    detail::TaskScope* scope_ = nullptr;
  };

  template <typename Ask>
  Run begin(Ask ask) {
    std::uint64_t number = 0;
    {
      const std::lock_guard lock(shared_->mutex);
      number = ++shared_->begun;
    }
    const silex_status status = ask(number);
    if (status != SILEX_OK) {
      const std::exception_ptr refused = make_exception(*api().last_error());
      const std::lock_guard lock(shared_->mutex);
      --shared_->begun;
      std::rethrow_exception(refused);
    }
    return {*this, number};
  }
  [[nodiscard]] const silex_api& api() const noexcept { return *context_.api(); }
  void check(silex_status status) const { detail::check(api(), status); }

  Context context_;
  std::shared_ptr<Shared> shared_;
  silex_id id_ = 0;
};

}  // namespace silex
