#include "action/run/runner.hpp"

#include "action/model/wire.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace silex::action {

namespace {

// No action is told of more often.
constexpr std::uint64_t kBetweenDiffs = 10'000'000;  // ns

// "step:command" or "command"
std::optional<At> find_command_at(const Action& action, std::string_view path) {
  const std::size_t colon = path.find(':');
  const std::string_view step = colon == std::string_view::npos ? "" : path.substr(0, colon);
  const std::string_view command = colon == std::string_view::npos ? path : path.substr(colon + 1);
  for (At at; at.step < action.steps.size(); ++at.step) {
    if (!step.empty() && action.steps[at.step].name != step) continue;
    const auto& commands = action.steps[at.step].commands;
    for (at.command = 0; at.command < commands.size(); ++at.command) {
      if (commands[at.command].name == command) return at;
    }
  }
  return std::nullopt;
}

}  // namespace

Runner::Runner(std::shared_ptr<const Stage> stage, Action action, RunnerOptions options)
    : stage_(std::move(stage)),
      options_(std::move(options)),
      live_(std::move(action), [this] { changed(); }),
      uuid_(live_.get().uuid) {
  for (const Step& step : live_.get().steps) step_names_.insert(step.name);
}

Runner::~Runner() {
  destroy_instances();
  stage_->table->forget(uuid_);
}

void Runner::destroy_instances() {
  for (auto& [uuid, called] : called_) {
    if (called.has_instance && called.known->functions->destroy) {
      called.known->functions->destroy(called.instance);
    }
    called.has_instance = false;
  }
}

void Runner::post(std::function<void()> function) {
  struct Posted {
    std::shared_ptr<Runner> runner;
    std::function<void()> function;
  };
  auto posted = std::make_unique<Posted>(Posted{shared_from_this(), std::move(function)});
  const auto call = [](void* data) {
    const std::unique_ptr<Posted> owned(static_cast<Posted*>(data));
    owned->function();
  };
  // What a stopping runtime no longer takes is of no use to anybody.
  if (stage_->context.api()->post(stage_->context.handle(), 0, call, posted.get()) == SILEX_OK) {
    static_cast<void>(posted.release());
  }
}

void Runner::open() {
  post([this] { show(); });
}

std::string Runner::set(std::string_view parameter, Json value) {
  std::string problem = live_.with([&](const Action& action) -> std::string {
    const auto place = find_parameter(action, parameter);
    if (!place) {
      return "the action '" + action.name + "' has no parameter '" + std::string(parameter) +
             "'; allowed: [step:[command:]]name";
    }
    const Parameter& known = action.steps[place->step].commands[place->command].parameters[place->parameter];
    const auto misfit = known.type.cast(value);
    if (!misfit) return "";
    return "the parameter '" + std::string(parameter) + "' is " + misfit->found +
           "; allowed: " + misfit->allowed;
  });
  if (!problem.empty()) return problem;
  post([this, path = std::string(parameter), value = std::move(value)]() mutable {
    const auto place = find_parameter(live_.get(), path);
    if (place) live_.set_value({place->step, place->command}, place->parameter, std::move(value));
  });
  return "";
}

std::string Runner::skip(std::string_view path) {
  std::string problem = live_.with([&](const Action& action) -> std::string {
    const auto at = find_command_at(action, path);
    if (!at) {
      return "the action '" + action.name + "' has no command '" + std::string(path) +
             "'; allowed: [step:]command";
    }
    const Status status = action.steps[at->step].commands[at->command].status;
    const bool has_begun = status == Status::processing || status == Status::completed;
    return has_begun ? "the command '" + std::string(path) + "' has begun: it can be cancelled or undone"
                     : "";
  });
  if (!problem.empty()) return problem;
  post([this, path = std::string(path)] {
    const auto at = find_command_at(live_.get(), path);
    if (!at) return;
    live_.set_skip(*at, true);
    const auto is_skipped = [this](At asked) { return command(asked).skip; };
    if (!asking_.empty() && std::all_of(asking_.begin(), asking_.end(), is_skipped)) answer_.set();
  });
  return "";
}

bool Runner::execute(std::uint64_t run) {
  if (is_executing_.exchange(true)) return false;
  post([this, run] { wish(Direction::forward, run, options_.on_end); });
  return true;
}

void Runner::undo(bool all, std::uint64_t run) {
  post([this, all, run] { wish(all ? Direction::undo_all : Direction::undo_one, run, options_.on_end); });
}

void Runner::pause() {
  post([this] { is_paused_ = true; });
}

void Runner::resume() {
  post([this] {
    is_paused_ = false;
    resumed_.set();
  });
}

void Runner::cancel() {
  post([this] { request_stop(); });
}

void Runner::answer(Json diff) {
  post([this, diff = std::move(diff)] { answered(diff); });
}

void Runner::clear() {
  post([this] {
    is_shown_ = false;
    is_cleared_ = true;
    request_stop();
  });
}

void Runner::close() {
  post([this] { close_now(); });
}

void Runner::close_now() {
  is_closing_ = true;
  for (Wish& wish : std::exchange(wishes_, {})) {
    if (wish.told) wish.told({SILEX_ACTION_CANCELLED, wish.run, "", "", ""});
  }
  request_stop();
  if (!is_driving_ && !rest_to_be_told_) finish_closing();
}

Json Runner::read() const {
  return live_.with([](const Action& action) { return to_wire(action); });
}

Runner::Called& Runner::called(At at) {
  Called& called = called_[command(at).uuid];
  if (!called.known) called.known = stage_->library.known(command(at).path);
  return called;
}

std::string Runner::path_of(At at) const {
  return live_.get().steps[at.step].name + ":" + command(at).name;
}

void Runner::wish(Direction direction, std::uint64_t run, std::function<void(const Outcome&)> told) {
  if (is_closing_) {
    if (told) told({SILEX_ACTION_CANCELLED, run, "", "", ""});
    return;
  }
  wishes_.push_back({direction, run, std::move(told)});
  if (direction != Direction::forward && present_.direction == Direction::forward) request_stop();
  start_next();
}

void Runner::request_stop() {
  if (!is_driving_) return;
  const auto self = shared_from_this();
  const auto scope = scope_;  // which the drive's end lets go
  scope->request_stop();
}

void Runner::start_next() {
  const auto self = shared_from_this();
  while (!is_driving_ && !rest_to_be_told_ && !wishes_.empty()) {
    present_ = std::move(wishes_.front());
    wishes_.pop_front();
    if (std::exchange(is_cleared_, false)) show();
    is_driving_ = true;
    outcome_ = {};
    outcome_.run = present_.run;
    scope_ = std::make_shared<detail::TaskScope>(stage_->context.api(), stage_->context.handle(), 0);
    driving_ = drive(present_.direction);
    const auto finished = [](detail::PromiseBase& ended) noexcept -> std::coroutine_handle<> {
      const auto runner = static_cast<Runner*>(ended.owner)->shared_from_this();
      runner->came_to_rest();
      return std::noop_coroutine();
    };
    if (detail::PromiseBase::start(driving_.coroutine(), *scope_, finished, this)) came_to_rest();
  }
}

void Runner::came_to_rest() {
  is_driving_ = false;
  rest_to_be_told_ = true;
  // Who watches hears of the last change first.
  if (!is_dirty_ || !timer_runs_) tell_rest();
}

void Runner::tell_rest() {
  rest_to_be_told_ = false;
  if (present_.direction == Direction::forward) is_executing_ = false;
  const auto told = std::exchange(present_.told, nullptr);
  const Outcome outcome = std::move(outcome_);
  if (told) told(outcome);
  if (is_closing_ && !is_driving_) return finish_closing();
  start_next();
}

void Runner::finish_closing() {
  if (is_closed_) return;
  is_closed_ = true;
  for (auto& [uuid, called] : called_) {
    for (const auto& nested : called.nested) nested->close_now();
  }
  if (is_shown_) stage_->audience.clear(uuid_);
  is_shown_ = false;
  destroy_instances();
  if (options_.on_release) options_.on_release();
}

void Runner::show() {
  is_shown_ = !options_.batch && !live_.get().hide && stage_->audience.query != nullptr;
  tell_whole();
}

void Runner::tell_whole() {
  if (!is_watched()) return;
  const Json whole = live_.take_whole();
  is_dirty_ = false;
  if (is_shown_) stage_->audience.query(whole);
  if (options_.on_change) options_.on_change(whole);
}

void Runner::changed() {
  if (!is_watched()) return;
  is_dirty_ = true;
  if (!timer_runs_) start_timer(0);
}

void Runner::start_timer(std::uint64_t delay_ns) {
  auto self = std::make_unique<std::shared_ptr<Runner>>(shared_from_this());
  silex_timer timer{};
  timer.size = sizeof timer;
  timer.delay_ns = delay_ns;
  timer.data = self.get();
  timer.fired = [](void* data, silex_status reason) {
    const std::unique_ptr<std::shared_ptr<Runner>> owned(static_cast<std::shared_ptr<Runner>*>(data));
    (*owned)->timer_fired(reason);
  };
  if (stage_->context.api()->timer_start(stage_->context.handle(), &timer, nullptr) != SILEX_OK) return;
  static_cast<void>(self.release());
  timer_runs_ = true;
}

void Runner::timer_fired(silex_status reason) {
  timer_runs_ = false;
  if (is_dirty_) {
    // While this one runs, the next change waits.
    if (reason == SILEX_OK) start_timer(kBetweenDiffs);
    flush();
  }
  if (rest_to_be_told_) tell_rest();
}

void Runner::flush() {
  is_dirty_ = false;
  if (live_.needs_whole()) return tell_whole();
  const Json diff = live_.take_changes();
  if (diff.is_null()) return;
  if (is_shown_) stage_->audience.update(diff);
  if (options_.on_change) options_.on_change(diff);
}

}  // namespace silex::action
