// explore(): many schedules of one adapter with a real runtime, each decided by a seed, or every one of a
// given length. A promise that is broken is told with the seed, with the steps up to there, and with how to
// do them again.
//
//   EXPECT_TRUE(explore());                                         // the runtime and the kit's own adapter
//   EXPECT_TRUE(explore({.world = [] { return my_adapter(); }}));   // yours
//
// The environment: SILEX_TESTING_SEED=17 does that one again, and prints it; SILEX_TESTING_SEEDS=100000 does
// more, SILEX_TESTING_STEPS=100 makes each longer; SILEX_TESTING_TRACE=1 prints each schedule before it
// begins, where one crashes.
#pragma once

#include <silex/testing/schedule.hpp>

#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace silex::testkit {

// How explore() goes about it.
struct ExploreOptions {
  unsigned seeds = 100;     // schedules, with the seeds 1, 2, 3...
  unsigned steps = 30;      // of each, those inside of calls among them
  bool exhaustive = false;  // not by seeds, but every schedule of that many steps: few, then
  // A world for each schedule. Its host must be a Host, and its clock stopped.
  std::function<HarnessOptions()> world{[] { return HarnessOptions{}; }};
  const silex_api* api = nullptr;     // what calls go through, where a layer in between is looked at
  std::vector<Step> own_steps{};      // steps of the author's, beside those that there are
  std::string* journals = nullptr;    // grows by what happened in each schedule
  std::chrono::seconds patience{60};  // the program ends where a schedule takes longer
};

namespace detail {

// Ends the program where a schedule hangs, with a word about which one it was.
class Alarm {
 public:
  explicit Alarm(std::chrono::seconds patience) : patience_(patience) {}
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;
  ~Alarm() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }
  void begin(std::string what) {
    const std::lock_guard lock(mutex_);
    what_ = std::move(what);
    ++begun_;
  }

 private:
  void watch() {
    std::unique_lock lock(mutex_);
    for (;;) {
      const unsigned seen = begun_;
      if (changed_.wait_for(lock, patience_, [&] { return done_; })) return;
      if (begun_ != seen) continue;
      std::fprintf(stderr, "the schedule %s hangs; SILEX_TESTING_SEED does it again\n", what_.c_str());
      std::abort();
    }
  }

  const std::chrono::seconds patience_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string what_{"before the first one"};
  unsigned begun_ = 0;
  bool done_ = false;
  std::thread thread_{[this] { watch(); }};
};

// What one schedule came to.
struct Explored {
  std::string broken;  // the promise; "" where all were kept
  std::string journal;
};

inline Explored run_schedule(const ExploreOptions& options, Choices& choices, unsigned steps) {
  std::unique_ptr<Schedule> schedule;  // outlives the runtime, whose calls are its
  Explored explored;
  Harness harness(options.world());
  schedule = std::make_unique<Schedule>(harness, choices, options.api ? *options.api : *silex_get_api(),
                                        options.own_steps);
  try {
    schedule->run(steps);
  } catch (const std::exception& broken) {
    explored.broken = broken.what();
  }
  explored.journal = schedule->journal();
  return explored;
}

inline const char* environment(const char* name) {
  const char* const value =
      std::getenv(name);  // NOLINT(concurrency-mt-unsafe): tests set it before they begin
  return value && *value ? value : nullptr;
}

// A number from the environment, or `otherwise`. Throws where it is none.
inline unsigned number(const char* name, unsigned otherwise) {
  const char* const text = environment(name);
  if (!text) return otherwise;
  const std::string_view all(text);
  unsigned found = 0;
  const auto [end, error] = std::from_chars(all.data(), all.data() + all.size(), found);
  if (error == std::errc() && end == all.data() + all.size() && found > 0) return found;
  throw std::invalid_argument(std::string(name) + " is '" + text + "': set it to a number from 1 on");
}

// Whether the text is what choices_from() understands.
inline bool is_schedule(std::string_view text) {
  const bool is_path = text.substr(0, 5) == "path:";
  if (is_path) text.remove_prefix(5);
  const char* const allowed = is_path ? "0123456789." : "0123456789";
  return (is_path || !text.empty()) && text.find_first_not_of(allowed) == std::string_view::npos;
}

// "17" is a seed, "path:0.3.1" what was chosen one after another.
inline Choices choices_from(const std::string& text) {
  if (text.rfind("path:", 0) != 0) return Choices::by_seed(std::strtoull(text.c_str(), nullptr, 10));
  std::vector<unsigned> path;
  for (std::size_t at = 4; at < text.size(); at = text.find('.', at)) {
    if (at == std::string::npos) break;
    path.push_back(static_cast<unsigned>(std::strtoul(text.c_str() + at + 1, nullptr, 10)));
    ++at;
  }
  return Choices::by_path(std::move(path));
}

inline std::string text_of(const std::vector<unsigned>& path) {
  std::string text = "path:";
  for (const unsigned chosen : path) text += (text.back() == ':' ? "" : ".") + std::to_string(chosen);
  return text;
}

inline std::string how_to_replay(const std::string& which, unsigned steps) {
  std::string line = "SILEX_TESTING_SEED=" + which + " SILEX_TESTING_STEPS=" + std::to_string(steps);
  const auto* const test = ::testing::UnitTest::GetInstance()->current_test_info();
  if (test)
    line += std::string(" <this program> --gtest_filter=") + test->test_suite_name() + "." + test->name();
  return line;
}

// The shortest beginning of a schedule that still breaks a promise.
inline ::testing::AssertionResult shortest(const ExploreOptions& options, const std::string& which,
                                           unsigned steps, Explored broken) {
  for (unsigned fewer = 1; fewer < steps; ++fewer) {
    Choices choices = choices_from(which);
    Explored again = run_schedule(options, choices, fewer);
    if (again.broken.empty()) continue;
    broken = std::move(again);
    steps = fewer;
  }
  return ::testing::AssertionFailure()
         << broken.broken << "\nThe schedule " << which << ", after " << steps << " step(s):\n"
         << broken.journal << "Again: " << how_to_replay(which, steps);
}

}  // namespace detail

// Whether every promise was kept in every schedule. On a test's main thread, where nothing else goes on.
// Throws std::invalid_argument where a variable makes no sense.
inline ::testing::AssertionResult explore(const ExploreOptions& options = {}) {
  using detail::environment;
  const char* const only = environment("SILEX_TESTING_SEED");
  const bool trace = only || environment("SILEX_TESTING_TRACE");
  if (only && !detail::is_schedule(only)) {
    throw std::invalid_argument(std::string("SILEX_TESTING_SEED is '") + only +
                                "': set it to a number, or to the path that a failure printed");
  }
  const unsigned seeds = only ? 1 : detail::number("SILEX_TESTING_SEEDS", options.seeds);
  const unsigned steps = detail::number("SILEX_TESTING_STEPS", options.steps);

  detail::Alarm alarm(options.patience);
  std::optional<std::vector<unsigned>> path{std::vector<unsigned>{}};
  std::size_t schedules = 0;
  for (unsigned seed = 1; options.exhaustive && !only ? path.has_value() : seed <= seeds; ++seed) {
    const std::string which = only                 ? only
                              : options.exhaustive ? detail::text_of(*path)
                                                   : std::to_string(seed);
    Choices choices = detail::choices_from(which);
    alarm.begin(which);
    if (trace) std::fprintf(stderr, "schedule %s\n", which.c_str());
    detail::Explored explored = detail::run_schedule(options, choices, steps);
    ++schedules;
    if (only) std::fputs(explored.journal.c_str(), stderr);
    if (options.journals) *options.journals += explored.journal;
    if (!explored.broken.empty()) return detail::shortest(options, which, steps, std::move(explored));
    if (options.exhaustive) path = choices.next_path();
  }
  return ::testing::AssertionSuccess() << "every promise was kept in " << schedules << " schedules";
}

}  // namespace silex::testkit
