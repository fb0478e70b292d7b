// The runner's drives: forward and backward.
#include "action/run/runner.hpp"

#include <exception>
#include <utility>

namespace silex::action {

// What went wrong is in outcome_.
class Runner::Failed : public Error {
 public:
  Failed() : Error(SILEX_ERROR_EXCEPTION, "the command failed") {}
};

task<> Runner::drive(Direction direction) {
  try {
    if (direction == Direction::forward) {
      co_await forward();
    } else {
      co_await backward(direction == Direction::undo_all);
    }
  } catch (const Cancelled&) {
    outcome_.end = SILEX_ACTION_CANCELLED;
  } catch (const Failed&) {
    outcome_.end = SILEX_ACTION_FAILED;
  } catch (const std::exception& error) {
    outcome_.end = SILEX_ACTION_FAILED;
    outcome_.message = error.what();
  }
  if (outcome_.end != SILEX_ACTION_COMPLETED) live_.set_execution_type(ExecutionType::pause);
}

task<> Runner::forward() {
  is_paused_ = false;
  live_.set_execution_type(ExecutionType::forward);
  bool is_first = true;
  // Steps may be inserted after the present one meanwhile.
  for (At at; at.step < live_.get().steps.size(); ++at.step) {
    for (at.command = 0; at.command < count(at.step); ++at.command) {
      if (command(at).status == Status::completed) continue;
      if (scope_->stop_requested()) throw Cancelled();
      if (options_.step_by_step && !std::exchange(is_first, false)) is_paused_ = true;
      if (is_paused_) co_await wait_while_paused();
      if (std::exchange(steps_once_, false)) is_paused_ = true;
      co_await run(at);
    }
  }
  outcome_.end = SILEX_ACTION_COMPLETED;
}

task<> Runner::wait_while_paused() {
  live_.set_execution_type(ExecutionType::pause);
  resumed_.reset();
  if (co_await resumed_.wait([this] { resumed_.set(); })) throw Cancelled();
  live_.set_execution_type(ExecutionType::forward);
}

task<> Runner::run(At at) {
  Called& call_of = called(at);
  // An earlier try may have inserted some before it ended; none of them has run, since this one comes first.
  remove_inserted(at);
  if (!call_of.known) refuse(at, {"no loaded pack has the command '" + command(at).path + "'"});
  if (!command(at).skip && !options_.batch && !call_of.answered && needs_answer(command(at))) {
    co_await ask(to_be_asked(at));
  }
  if (!command(at).skip) co_await set_up(at);
  if (command(at).skip) {
    live_.set_status(at, Status::completed);
    co_return;
  }
  std::vector<std::string> problems;
  for (const std::string& key : call_of.known->declaration.metadata) {
    if (!live_.get().context_metadata.contains(key)) {
      problems.push_back("the context has no '" + key + "', which this command needs");
    }
  }
  Json parameters = resolved_parameters(at, problems);
  if (!problems.empty()) refuse(at, problems);
  live_.set_status(at, Status::processing);
  call_of.ran = true;
  call_of.parameters = parameters;
  Result result = co_await call(at, Execution::Kind::execute, std::move(parameters));
  if (result.status != SILEX_OK) fail(at, result);
  call_of.output = std::move(result.value);
  if (command(at).progress) live_.set_progress(at, 100);
  live_.set_status(at, Status::completed);
}

task<> Runner::set_up(At at) {
  if (!called(at).known->functions->setup) co_return;
  const Result result = co_await call(at, Execution::Kind::setup, raw_parameters(at));
  if (result.status != SILEX_OK) fail(at, result);
}

task<Result> Runner::call(At at, Execution::Kind kind, Json parameters) {
  Called& call_of = called(at);
  const silex_command& functions = *call_of.known->functions;
  if (functions.create && !call_of.has_instance) {
    call_of.instance = functions.create(&functions);
    if (!call_of.instance) {
      co_return Result{SILEX_ERROR_OUT_OF_MEMORY, nullptr, "the command's create() gave no instance", ""};
    }
    call_of.has_instance = true;
  }
  const auto execution = std::make_shared<Execution>(shared_from_this(), at, kind, parameters,
                                                     live_.get().label + ": " + command(at).label);
  co_return co_await execution->run(functions, call_of.instance);
}

void Runner::fail(At at, const Result& result) {
  if (result.status == SILEX_ERROR_CANCELLED || result.status == SILEX_ERROR_HOST_GONE) {
    live_.log(at, LogLevel::warning, result.status == SILEX_ERROR_CANCELLED ? "cancelled" : result.message);
    live_.set_status(at, Status::initialized);
    throw Cancelled();
  }
  outcome_.command = path_of(at);
  outcome_.message = result.message;
  outcome_.detail = result.detail;
  live_.log(at, LogLevel::traceback, result.detail.empty() ? result.message : result.detail);
  live_.set_status(at, Status::error);
  throw Failed();
}

void Runner::refuse(At at, const std::vector<std::string>& problems) {
  for (const std::string& problem : problems) live_.log(at, LogLevel::error, problem);
  outcome_.command = path_of(at);
  outcome_.message = problems.front();
  for (const std::string& problem : problems) outcome_.detail += problem + "\n";
  live_.set_status(at, Status::invalid);
  // The user is asked again.
  called(at).answered = false;
  throw Failed();
}

task<> Runner::backward(bool all) {
  live_.set_execution_type(ExecutionType::backward);
  bool is_done = false;
  // What comes after the one that is taken back may go: both counts are read anew.
  for (std::size_t step = live_.get().steps.size(); step-- > 0 && !is_done;) {
    for (std::size_t of = count(step); of-- > 0 && !is_done;) {
      if (scope_->stop_requested()) throw Cancelled();
      is_done = co_await take_back({step, of}) && !all;
    }
  }
  outcome_.end = SILEX_ACTION_UNDONE;
}

task<bool> Runner::take_back(At at) {
  Called& call_of = called(at);
  const bool ran = call_of.ran;
  while (!call_of.nested.empty()) {
    const auto nested = call_of.nested.back();
    Outcome outcome;
    Signal ended;
    nested->wish(Direction::undo_all, 0, [&](const Outcome& told) {
      outcome = told;
      ended.set();
    });
    const auto stop = [nested] { nested->request_stop(); };
    co_await ended.wait(stop);
    if (outcome.end == SILEX_ACTION_CANCELLED) throw Cancelled();
    if (outcome.end == SILEX_ACTION_FAILED) {
      fail(at, {SILEX_ERROR_EXCEPTION, nullptr, outcome.command + ": " + outcome.message, outcome.detail});
    }
    nested->close_now();
    call_of.nested.pop_back();
  }
  if (ran && call_of.known && call_of.known->functions->undo) {
    live_.set_status(at, Status::processing);
    const Result result = co_await call(at, Execution::Kind::undo, call_of.parameters);
    if (result.status != SILEX_OK) fail(at, result);
  }
  reset(at);
  co_return ran;
}

void Runner::reset(At at) {
  Called& call_of = called(at);
  remove_inserted(at);
  for (At skipped = at; skipped.command < count(at.step); ++skipped.command) {
    for (const std::string& uuid : call_of.skipped) {
      if (command(skipped).uuid == uuid) live_.set_skip(skipped, false);
    }
  }
  call_of.skipped.clear();
  if (std::exchange(call_of.asked, false)) live_.set_ask_user(at, true);
  call_of.answered = false;
  call_of.ran = false;
  call_of.output = nullptr;
  call_of.parameters = nullptr;
  live_.set_progress(at, std::nullopt);
  live_.set_status(at, Status::initialized);
}

}  // namespace silex::action
