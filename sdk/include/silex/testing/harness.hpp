// Harness: a real runtime, whose host is the test: the test turns the host's main loop and moves the clock,
// and waits for nothing else.
//
//   silex::testkit::Harness harness;
//   auto name = harness.runtime().spawn("name", [](silex::Context ctx) -> silex::task<std::string> {
//     co_return co_await ctx.main_thread([] { return scene_name(); });
//   });
//   EXPECT_THAT(harness.finish(name), Completed("shot_010"));
//
// How it is deterministic: the runtime's loop and workers do something only after the test has done something
// (a call, a turn of the host, a moved clock), and settle() waits until they have done all of it. With one
// step at a time, each from a state in which nothing moves, no other order is possible. One thing is left to
// the runtime: whether what a task defers when its last call has just ended is run by the same drain, or by
// the next.
#pragma once

#include <silex/runtime.hpp>
#include <silex/testing.h>
#include <silex/testing/host.hpp>
#include <silex/testing/host_adapter.hpp>
#include <silex/testing/outcome.hpp>
#include <silex/testing/plugin.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <dlfcn.h>

namespace silex::testkit {

// What a Harness is made of.
struct HarnessOptions {
  // The adapter: a plugin's, by its path or name; or one in this program, such as MockAdapter::abi, which
  // outlives the harness; or, with neither, the kit's own.
  std::string plugin{};
  const silex_adapter* adapter = nullptr;  // see plugin
  // The host that the adapter finds; outlives the harness. nullptr: one of the harness's own.
  Host* host = nullptr;
  bool batch = false;            // of the harness's own host
  bool stopped_clock = true;     // time goes on with advance() alone
  RuntimeOptions runtime{};      // where `log` is not set, its lines are kept for log()
  std::shared_ptr<void> keep{};  // what is to live as long as the harness: the adapter, the host
};

// The thread that makes it is the main thread, and the only one that calls it.
class Harness {
 public:
  // Starts the runtime. Throws Error where the adapter can't be loaded or attached.
  explicit Harness(HarnessOptions options = {})
      : keep_(std::move(options.keep)), host_(options.host ? *options.host : own_host_) {
    if (!options.host) own_host_.reset(options.batch);
    if (options.runtime.host_busy.count() == 0) {
      // Else the watchdog's thread asks the host again for a wake that was lost, by its own, real time.
      options.runtime.host_busy = std::chrono::hours(24 * 365);
    }
    if (!options.runtime.log) {
      options.runtime.log = [lines = lines_](silex_log_level, std::string_view line) {
        const std::lock_guard lock(lines->mutex);
        lines->all.emplace_back(line);
      };
    }
    runtime_ = std::make_unique<Runtime>(std::move(options.runtime));
    load_kit();
    if (options.stopped_clock) check(testing_->stop_clock(runtime_->handle()));
    clock_is_stopped_ = options.stopped_clock;
    if (options.plugin.empty()) {
      slot_->adapter = options.adapter ? options.adapter : &own_adapter_.abi;
      runtime_->choose_adapter("testing");
      slot_->adapter = nullptr;
    } else {
      runtime_->choose_adapter(options.plugin);
    }
    runtime_->start();
  }
  Harness(const Harness&) = delete;
  Harness& operator=(const Harness&) = delete;
  // Stops the runtime; then the host calls what it still holds, which does nothing any more, and lets the
  // plugin go.
  ~Harness() {
    silex_runtime_stop(runtime_->handle());
    host_.turn();
  }

  // The one that is tested.
  Runtime& runtime() noexcept { return *runtime_; }
  // Of that runtime.
  [[nodiscard]] Context context() const noexcept { return runtime_->context(); }
  // The host that the test turns.
  Host& host() noexcept { return host_; }

  // Waits until loop and workers have done all that there is to do, and the next move is the test's. Throws
  // where that takes 30 s: they do not come to rest, or a job waits for the main thread.
  void settle() {
    // Mostly it takes a few microseconds. After that a sleep, and no yield: on a busy machine a yield waits
    // for everybody else.
    for (int look = 0; look < 200; ++look) {
      if (testing_->is_quiet(runtime_->handle())) return;
    }
    const auto late = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!testing_->is_quiet(runtime_->handle())) {
      if (std::chrono::steady_clock::now() >= late) {
        throw std::runtime_error("the runtime's loop and workers still had something to do after 30 s");
      }
      std::this_thread::sleep_for(std::chrono::microseconds(20));
    }
  }

  // One turn of the host's main loop, with all that comes of it. How many functions the host called.
  std::size_t turn() {
    settle();
    const std::size_t ran = host_.turn();
    settle();
    return ran;
  }

  // Runs deferred calls where the host has no loop to do it; nothing elsewhere.
  void pump() {
    if (!host_.is_batch() || !runtime_->is_running()) return;
    const silex_status status = silex_drain(runtime_->handle(), nullptr);
    if (status != SILEX_ERROR_HOST_GONE) check(status);  // a call may stop the runtime
  }

  // Moves the stopped clock on, and lets happen what is due by then.
  void advance(std::chrono::nanoseconds by) {
    settle();  // what was begun begins at the time that it is
    check(testing_->advance_clock(runtime_->handle(), static_cast<std::uint64_t>(by.count())));
    settle();
  }

  // Turns the host until the task has ended: how it did. Throws where nothing is left that could end it, such
  // as time that stands still, or a wake that was lost.
  template <typename T>
  Outcome<T> finish(TaskHandle<T> task) {
    while (!task.has_ended()) {
      settle();
      if (task.has_ended()) break;
      pump();
      if (turn() > 0 || task.has_ended()) continue;
      if (!clock_is_stopped_) {
        std::this_thread::sleep_for(std::chrono::microseconds(100));  // time goes on by itself
        continue;
      }
      if (runtime_->is_running() && host_.is_batch() && runtime_->metrics().calls_queued > 0) continue;
      throw std::runtime_error(
          "task '" + task.name() +
          "' waits, and nothing is left that could end it: the host has nothing to call, loop "
          "and workers are quiet. Does it wait for time? advance() moves the clock. Was a wake "
          "lost? " +
          std::to_string(runtime_->is_running() ? runtime_->metrics().calls_queued : 0) +
          " deferred call(s) wait.");
    }
    return outcome_of(std::move(task));
  }

  // The lines of the runtime's log so far.
  [[nodiscard]] std::vector<std::string> log() const {
    const std::lock_guard lock(lines_->mutex);
    return lines_->all;
  }

 private:
  struct Lines {  // shared with a log that may outlive the harness
    std::mutex mutex;
    std::vector<std::string> all;
  };

  struct Close {
    void operator()(void* library) const { dlclose(library); }
  };

  static void check(silex_status status) {
    if (status != SILEX_OK) std::rethrow_exception(make_exception(*silex_last_error()));
  }

  void load_kit() {
    check(silex_plugin_load(runtime_->handle(), SILEX_TESTING_PLUGIN, nullptr));
    // The same library once more, for the slot that it has for us.
    kit_.reset(dlopen(SILEX_TESTING_PLUGIN, RTLD_NOW | RTLD_LOCAL));
    const auto* const entry =
        kit_ ? static_cast<const silex_plugin_entry*>(dlsym(kit_.get(), SILEX_PLUGIN_SYMBOL)) : nullptr;
    if (!entry) throw std::runtime_error("the test kit's plugin can't be used: " SILEX_TESTING_PLUGIN);
    slot_ = static_cast<silex_testing_slot*>(const_cast<void*>(entry->get_factory(SILEX_TESTING_SLOT)));
    testing_ =
        static_cast<const silex_testing*>(slot_->host->get_extension(slot_->host, SILEX_TESTING_EXTENSION));
    if (!testing_)
      throw std::runtime_error(
          "this libsilex is too old for the test kit: it has no " SILEX_TESTING_EXTENSION);
  }

  const std::shared_ptr<void> keep_;
  Host own_host_;
  Host& host_;
  HostAdapter own_adapter_{host_};
  const std::shared_ptr<Lines> lines_ = std::make_shared<Lines>();
  std::unique_ptr<void, Close> kit_;  // outlives the runtime
  silex_testing_slot* slot_ = nullptr;
  const silex_testing* testing_ = nullptr;
  bool clock_is_stopped_ = true;
  std::unique_ptr<Runtime> runtime_;
};

}  // namespace silex::testkit
