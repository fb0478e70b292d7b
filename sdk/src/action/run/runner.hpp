// Runs one action: forward command by command, backward, with prompts, pauses and cancellation.
//
// All of it happens on the loop. What other threads ask for is checked under the action's lock, and posted.
#pragma once

#include "action/run/action_table.hpp"
#include "action/run/command_library.hpp"
#include "action/run/execution.hpp"
#include "action/run/live_action.hpp"
#include "action/run/load_action.hpp"
#include "action/run/signal.hpp"

#include <silex/action.h>
#include <silex/context.hpp>

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace silex::action {

// Where users see actions. May be called from any thread, never blocks.
struct Audience {
  std::function<void(Json action)> query;
  std::function<void(Json diff)> update;
  std::function<void(const std::string& uuid)> clear;
};

// What all actions of one owner run with.
struct Stage {
  Context context;
  const CommandLibrary& library;
  std::shared_ptr<ActionTable> table;
  SearchPath search_path;
  Audience audience;  // empty functions: nobody sees them
};

struct Outcome {
  silex_action_end end = SILEX_ACTION_CANCELLED;
  std::uint64_t run = 0;
  std::string command;
  std::string message;
  std::string detail;
};

struct RunnerOptions {
  bool batch = false;
  bool step_by_step = false;
  std::function<void(const Json& diff)> on_change;  // nothing: nobody wants to know
  std::function<void(const Outcome&)> on_end;
  std::function<void()> on_release;
};

class Runner final : public std::enable_shared_from_this<Runner> {
 public:
  Runner(std::shared_ptr<const Stage> stage, Action action, RunnerOptions options);
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // [any-thread] Shows it to who wants to know; first of all.
  void open();
  // [any-thread] Return why not, "" if nothing is wrong.
  std::string set(std::string_view parameter, Json value);
  std::string skip(std::string_view command);
  // Whether it was at rest.
  bool execute(std::uint64_t run);
  void undo(bool all, std::uint64_t run);
  void pause();
  void resume();
  void cancel();
  void answer(Json diff);
  // A user cleared it: it is cancelled, and no longer shown.
  void clear();
  void close();
  [[nodiscard]] Json read() const;
  [[nodiscard]] const std::string& uuid() const noexcept { return uuid_; }

  // [loop-thread]
  void close_now();
  // {step: {command: output}} of what has completed.
  [[nodiscard]] Json outputs() const;

 private:
  friend class Execution;

  enum class Direction { forward, undo_one, undo_all };
  struct Wish {
    Direction direction;
    std::uint64_t run;
    std::function<void(const Outcome&)> told;
  };
  // What is known of a command that was called.
  struct Called {
    const KnownCommand* known = nullptr;
    void* instance = nullptr;
    bool has_instance = false;
    bool ran = false;       // there is something to undo
    bool answered = false;  // it is not asked for again
    bool asked = false;     // ask_user, before the answer
    Json parameters;        // of execute()
    Json output;
    std::vector<std::string> inserted{};  // names of steps
    std::vector<std::shared_ptr<Runner>> nested{};
    std::vector<std::string> skipped{};  // uuids of commands, by exit_step()
  };

  void post(std::function<void()> function);
  void destroy_instances();
  [[nodiscard]] const Command& command(At at) const { return live_.command(at); }
  [[nodiscard]] std::string path_of(At at) const;
  [[nodiscard]] std::size_t count(std::size_t step) const { return live_.get().steps[step].commands.size(); }
  Called& called(At at);
  void wish(Direction direction, std::uint64_t run, std::function<void(const Outcome&)> told);
  void request_stop();
  void start_next();
  void came_to_rest();
  void tell_rest();
  void finish_closing();
  void show();
  void tell_whole();

  // The drives. What ends one early is thrown: Cancelled, or Failed after fail() has noted why.
  class Failed;
  task<> drive(Direction direction);
  task<> forward();
  task<> run(At at);
  task<> backward(bool all);
  task<bool> take_back(At at);
  void reset(At at);
  task<> wait_while_paused();
  task<> set_up(At at);
  task<Result> call(At at, Execution::Kind kind, Json parameters);
  [[noreturn]] void fail(At at, const Result& result);
  [[noreturn]] void refuse(At at, const std::vector<std::string>& problems);

  // Prompts
  task<> ask(std::vector<At> commands);
  [[nodiscard]] std::vector<At> to_be_asked(At first) const;
  void answered(const Json& diff);
  // Whether it was about how the action goes on, and no answer.
  bool steered(const Json& diff);

  // Parameters and outputs
  [[nodiscard]] Json raw_parameters(At at) const;
  Json resolved_parameters(At at, std::vector<std::string>& problems) const;
  [[nodiscard]] std::string output_of(const CommandOutput& output, Json& value, int depth = 0) const;
  [[nodiscard]] std::string resolve_references(Json& value, int depth) const;

  // For executions
  std::string edit(At at, const Json& change);
  task<Json> prompt(At at, Json request);
  task<Action> load(Json request);
  task<Json> run_action(At at, Json request);
  Json insert(At at, Action other, const Json& request);
  void remove_inserted(At at);
  void exit_step(At at);

  // Changes
  [[nodiscard]] bool is_watched() const noexcept { return is_shown_ || options_.on_change != nullptr; }
  void changed();
  void start_timer(std::uint64_t delay_ns);
  void timer_fired(silex_status reason);
  void flush();

  const std::shared_ptr<const Stage> stage_;
  const RunnerOptions options_;
  LiveAction live_;
  const std::string uuid_;
  std::atomic<bool> is_executing_{false};  // from execute() on

  std::unordered_map<std::string, Called> called_;  // by the command's uuid
  std::unordered_set<std::string> step_names_;      // ever used: the service forgets none
  Json store_ = Json::object();
  std::deque<Wish> wishes_;
  std::shared_ptr<detail::TaskScope> scope_;  // of the present drive
  task<> driving_;
  bool is_driving_ = false;
  Wish present_{};
  Outcome outcome_;
  bool rest_to_be_told_ = false;
  bool is_closing_ = false;
  bool is_closed_ = false;

  bool is_paused_ = false;
  bool steps_once_ = false;  // pauses after the next command
  Signal resumed_;
  std::vector<At> asking_;
  bool asks_again_ = false;  // the answer is not the last one
  Signal answer_;

  bool is_shown_ = false;
  bool is_cleared_ = false;  // by a user: it is shown again when it goes on
  bool is_dirty_ = false;
  bool timer_runs_ = false;
};

}  // namespace silex::action
