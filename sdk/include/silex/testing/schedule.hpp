// Schedule: one order of defer, drain, cancel, timeout, wake, stop against a real runtime, and what must hold
// in it. explore() makes many; see there.
//
// Each call knows what has to become of it, since only one thing happens at a time: a broken promise is found
// at the step that breaks it, and has a sentence.
#pragma once

#include <silex/api.h>
#include <silex/testing/choices.hpp>
#include <silex/testing/harness.hpp>
#include <silex/testing/journal.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace silex::testkit {

// A step of the author's own, beside those of the schedule. Called on the main thread, between two steps.
struct Step {
  std::string name;                   // as the journal has it
  std::function<void(Harness&)> run;  // does it
};

// One run of a harness, step by step, whose promises are looked at after each.
class Schedule {
 public:
  // `api` is what calls go through; that of the library, but where a test looks at a layer in between.
  Schedule(Harness& harness, Choices& choices, const silex_api& api, const std::vector<Step>& own_steps)
      : harness_(harness),
        host_(harness.host()),
        runtime_(harness.runtime().handle()),
        choices_(choices),
        api_(api),
        own_steps_(own_steps) {}
  Schedule(const Schedule&) = delete;
  Schedule& operator=(const Schedule&) = delete;

  // Takes that many steps, those inside of calls among them, and then lets the host go on until nothing is
  // left to do. Throws where a promise is broken.
  void run(unsigned steps) {
    steps_left_ = steps;
    while (steps_left_ > 0) {
      step(0);
      check_that_somebody_is_asked();
    }
    journal_.write(0, "the host goes on until it has nothing to do");
    come_to_rest();
    if (is_running()) {
      journal_.write(0, "stop");
      stop();
    }
    for (const auto& call : calls_) {
      if (call->accepted) require(call->told && call->released, *call, "was never told its end");
    }
    journal_.check();
  }

  // What happened, a line each.
  [[nodiscard]] std::string journal() const { return journal_.text(); }

 private:
  using nanoseconds = std::chrono::nanoseconds;

  struct Call {
    Call(Schedule& of, std::size_t number_of_it) : schedule(of), number(number_of_it) {}
    Schedule& schedule;
    const std::size_t number;
    silex_id id = 0;
    nanoseconds deadline = nanoseconds::max();
    bool accepted = false;
    bool deferring = false;  // inside defer()
    bool begun = false;
    bool returned = false;
    bool told = false;
    bool released = false;
    std::optional<silex_outcome> asked{};     // why a running one was asked to stop; the first reason
    std::optional<silex_outcome> expected{};  // once it is decided
    std::string why{};                        // it is, for people
  };

  enum class Kind {
    host_runs_one,
    host_turns,
    drain,
    defer,
    defer_elsewhere,
    defer_on_loop,
    defer_in_time,
    cancel,
    advance,
    stop,
    quit,
    start,
    own
  };
  struct Option {
    Kind kind;
    unsigned weight;
    const Step* own = nullptr;
  };

  static constexpr unsigned kDepth = 3;  // of calls inside of calls

  // What is possible now. `depth`: how many calls are on the stack.
  [[nodiscard]] std::vector<Option> options(unsigned depth) const {
    std::vector<Option> all{{Kind::host_runs_one, 6},   {Kind::host_turns, 3},    {Kind::defer, 4},
                            {Kind::defer_elsewhere, 4}, {Kind::defer_on_loop, 2}, {Kind::defer_in_time, 3},
                            {Kind::advance, 4},         {Kind::drain, 2}};
    if (!calls_.empty()) all.push_back({Kind::cancel, 5});
    if (is_running()) all.push_back({Kind::stop, 1});
    if (!has_quit_) all.push_back({Kind::quit, 1});
    if (!is_running() && !has_quit_ && depth == 0) all.push_back({Kind::start, 6});
    for (const Step& own : own_steps_) all.push_back({Kind::own, 3, &own});
    return all;
  }

  // One of them, and all that comes of it.
  void step(unsigned depth) {
    --steps_left_;
    const std::vector<Option> possible = options(depth);
    std::vector<unsigned> weights;
    for (const Option& option : possible) weights.push_back(option.weight);
    take(possible[choices_.choose(weights)], depth);
    harness_.settle();
    journal_.check();
  }

  void take(const Option& option, unsigned depth) {
    const auto here = [](const auto& deferring) { deferring(); };
    switch (option.kind) {
      case Kind::host_runs_one:
        journal_.write(depth, "the host calls one function");
        return host_goes_on([this] { host_.run_one(); });
      case Kind::host_turns:
        journal_.write(depth, "the host turns");
        return host_goes_on([this] { host_.turn(); });
      case Kind::drain:  // and the host still holds what it was asked for before
        journal_.write(depth, "a drain that nobody asked for");
        return static_cast<void>(silex_drain(runtime_, nullptr));
      case Kind::defer:
        return defer(depth, "", here);
      case Kind::defer_elsewhere:
        return defer(depth, " from another thread",
                     [](const auto& deferring) { std::thread(deferring).join(); });
      case Kind::defer_on_loop:
        return defer(depth, " from the loop", [this](const auto& deferring) { on_loop(deferring); });
      case Kind::defer_in_time:
        return defer(depth, ", to end within 5 ms", here, std::chrono::milliseconds(5));
      case Kind::cancel:
        return cancel(depth);
      case Kind::advance:
        return advance(depth);
      case Kind::stop:
        journal_.write(depth, "stop");
        return stop();
      case Kind::quit:
        journal_.write(depth, "the host quits");
        return quit();
      case Kind::start:
        journal_.write(depth, "start");
        return harness_.runtime().start();
      case Kind::own:
        journal_.write(depth, option.own->name);
        return option.own->run(harness_);
    }
  }

  template <typename Function>
  void host_goes_on(Function function) {
    function();
    // Without a loop of its own, the host is pumped.
    harness_.pump();
  }

  template <typename There>
  void defer(unsigned depth, const std::string& how, There&& on, nanoseconds timeout = nanoseconds(0)) {
    Call& call = *calls_.emplace_back(std::make_unique<Call>(*this, calls_.size() + 1));
    journal_.write(depth, "defer call " + std::to_string(call.number) + how);
    if (timeout.count() != 0) call.deadline = now_ + timeout;
    silex_work work{};
    work.size = sizeof work;
    work.name = "explored";
    work.timeout_ns = static_cast<std::uint64_t>(timeout.count());
    work.data = &call;
    work.run = [](void* data, const silex_scope* scope) { return of(data).schedule.began(of(data), *scope); };
    work.done = [](void* data, const silex_completion* end) { of(data).schedule.was_told(of(data), *end); };
    work.release = [](void* data) { of(data).schedule.was_released(of(data)); };
    const bool runs = is_running();
    silex_status status = SILEX_OK;
    call.deferring = true;
    on([&] { status = api_.defer(runtime_, &work, &call.id); });
    call.deferring = false;
    call.accepted = status == SILEX_OK;
    require(call.accepted == runs, call,
            runs ? "was refused, though the runtime runs" : "was accepted, though the runtime does not run");
  }

  void on_loop(const std::function<void()>& there) {
    const auto run = [](void* data) { (*static_cast<const std::function<void()>*>(data))(); };
    if (silex_post(runtime_, 0, run, const_cast<std::function<void()>*>(&there)) != SILEX_OK) return there();
    harness_.settle();
  }

  void cancel(unsigned depth) {
    Call& call = *calls_[choices_.choose(static_cast<unsigned>(calls_.size()))];
    journal_.write(depth, "cancel call " + std::to_string(call.number));
    if (!call.accepted || !is_running()) return;
    const bool ended = call.expected.has_value();
    // Before it: the loop may tell the end before cancel() returns.
    if (!ended && !call.begun) decide(call, SILEX_OUTCOME_CANCELLED, "it was cancelled before it began");
    if (!ended && call.begun && !call.asked) call.asked = SILEX_OUTCOME_CANCELLED;
    const silex_status status = api_.cancel(runtime_, call.id);
    require((status == SILEX_OK) != ended, call,
            ended ? "was cancelled, though it had ended" : "could not be cancelled, though it had not ended");
  }

  void advance(unsigned depth) {
    const auto by = std::chrono::milliseconds(choices_.choose(2) == 0 ? 2 : 10);
    journal_.write(depth, std::to_string(by.count()) + " ms pass");
    now_ += by;
    if (is_running()) {
      for (const auto& call : calls_) {
        if (!call->accepted || call->expected || now_ < call->deadline) continue;
        if (!call->begun) {
          decide(*call, SILEX_OUTCOME_TIMED_OUT, "its timeout passed before it began");
        } else if (!call->asked) {
          call->asked = SILEX_OUTCOME_TIMED_OUT;
        }
      }
    }
    harness_.advance(by);
  }

  void stop() {
    host_is_gone();
    require(silex_runtime_stop(runtime_) == SILEX_OK, "stop failed");
  }
  void quit() {
    has_quit_ = true;
    host_is_gone();
    host_.quit();
    require(!is_running(), "the host has quit, and the runtime still runs");
  }
  void host_is_gone() {
    if (!is_running()) return;
    for (const auto& call : calls_) {
      if (call->accepted && !call->expected) decide(*call, SILEX_OUTCOME_HOST_GONE, "the runtime stopped");
    }
  }

  // A call runs. [main-thread]
  silex_status began(Call& call, const silex_scope& scope) {
    const unsigned depth = ++running_;
    silex_status status = SILEX_OK;
    try {
      harness_.settle();  // the call before it in this drain has ended, and that is told now
      journal_.write(depth, "call " + std::to_string(call.number) + " begins");
      may_begin(call);
      while (depth <= kDepth && steps_left_ > 0 && choices_.choose({3, 2}) == 1) step(depth);
      status = end(call, scope, depth);
    } catch (const std::exception& error) {  // none leaves a call
      journal_.broken(error.what());
    }
    call.returned = true;
    --running_;
    return status;
  }

  void may_begin(Call& call) {
    require(!call.begun, call, "ran a second time");
    require(!call.expected, call, "ran, though " + call.why);
    require(!call.deferring, call, "ran before defer() had returned: inside of the adapter's wake()");
    require(silex_current_thread(runtime_) == SILEX_THREAD_MAIN, call,
            "ran on another thread than the main thread");
    require(call.number > last_begun_, call,
            "ran after call " + std::to_string(last_begun_) + ", which came later");
    last_begun_ = call.number;
    call.begun = true;
  }

  // Decides how a call that runs ends, and what has to be told of it.
  silex_status end(Call& call, const silex_scope& scope, unsigned depth) {
    const bool asked = scope.stop_requested(&scope);
    const bool should = call.asked.has_value() || call.expected.has_value();
    require(asked == should, call,
            asked ? "is asked to stop, and nobody has" : "does not see that it is asked to stop");
    silex_status status = SILEX_OK;
    switch (choices_.choose(asked ? std::vector<unsigned>{1, 1, 2} : std::vector<unsigned>{8, 1})) {
      case 1:
        scope.fail(&scope, "it failed", nullptr);
        status = SILEX_ERROR_EXCEPTION;
        break;
      case 2:
        status = SILEX_ERROR_CANCELLED;
        break;
      default:
        break;
    }
    journal_.write(depth, "call " + std::to_string(call.number) + " returns " + silex_status_name(status));
    if (call.expected) return status;  // the runtime has stopped meanwhile
    if (call.asked == SILEX_OUTCOME_TIMED_OUT) {
      decide(call, SILEX_OUTCOME_TIMED_OUT, "its timeout passed while it ran");
    } else if (status == SILEX_OK) {
      decide(call, SILEX_OUTCOME_VALUE, "it returned SILEX_OK");
    } else if (status == SILEX_ERROR_CANCELLED) {
      decide(call, SILEX_OUTCOME_CANCELLED, "it gave up as it was asked to");
    } else {
      decide(call, SILEX_OUTCOME_EXCEPTION, "it failed");
    }
    return status;
  }

  // [loop-thread]
  void was_told(Call& call, const silex_completion& completion) {
    journal_.write(0, "  call " + std::to_string(call.number) + " " + name_of(completion.outcome));
    if (call.told) journal_.broken("call " + std::to_string(call.number) + " was told a second end");
    if (call.expected != completion.outcome) {
      journal_.broken("call " + std::to_string(call.number) + " " + name_of(completion.outcome) + ", but " +
                      (call.expected
                           ? "since " + call.why + " it must have ended so: it " + name_of(*call.expected)
                           : std::string("nothing has ended it")));
    }
    call.told = true;
  }
  // [any-thread]
  void was_released(Call& call) {
    const std::string name = "call " + std::to_string(call.number);
    if (call.released) journal_.broken(name + " was released a second time");
    if (!call.told) journal_.broken(name + " was released before its end was told");
    if (call.begun && !call.returned) journal_.broken(name + " was released while it ran");
    call.released = true;
  }

  // Between two steps, where the host is free: what waits, waits for something that is going to come.
  void check_that_somebody_is_asked() {
    if (!is_running() || host_.is_batch() || host_.pending() > 0) return;
    for (const auto& call : calls_) {
      require(!call->accepted || call->expected, *call,
              "waits, and the host has nothing to call: a wake was lost");
    }
  }

  void come_to_rest() {
    for (int round = 0; round < 10000; ++round) {
      harness_.settle();
      harness_.pump();
      const bool turned = host_.turn() > 0;
      harness_.settle();
      journal_.check();
      check_that_somebody_is_asked();
      if (!turned && (!host_.is_batch() || !is_running() || harness_.runtime().metrics().calls_queued == 0))
        return;
    }
    throw detail::BrokenPromise("the host is called again and again, though nothing is left to do");
  }

  static Call& of(void* data) { return *static_cast<Call*>(data); }
  [[nodiscard]] bool is_running() const { return silex_runtime_is_running(runtime_); }
  static void decide(Call& call, silex_outcome outcome, const char* why) {
    call.expected = outcome;
    call.why = why;
  }
  void require(bool holds, const std::string& else_this) {
    if (holds) return;
    journal_.broken(else_this);
    journal_.check();
  }
  void require(bool holds, const Call& call, const std::string& else_this) {
    if (!holds) require(false, "call " + std::to_string(call.number) + " " + else_this);
  }

  Harness& harness_;
  Host& host_;
  silex_runtime* const runtime_;
  Choices& choices_;
  const silex_api& api_;
  const std::vector<Step>& own_steps_;
  detail::Journal journal_;
  std::vector<std::unique_ptr<Call>> calls_;
  nanoseconds now_{0};
  std::size_t last_begun_ = 0;
  unsigned steps_left_ = 0;
  unsigned running_ = 0;
  bool has_quit_ = false;
};

}  // namespace silex::testkit
