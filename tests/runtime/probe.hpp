// What tests of the runtime observe with: signals, and work that writes down what happens to it.
#pragma once

#include <silex/work.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace silex::test {

// Longer than anything takes that is going to happen at all.
inline constexpr std::chrono::seconds kLongEnough{30};

// Whether `condition` holds within that time.
template <typename Condition>
[[nodiscard]] bool eventually(Condition&& condition) {
  const auto end = std::chrono::steady_clock::now() + kLongEnough;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
  return true;
}

// Raised once; any number of threads wait for it.
class Signal {
 public:
  void raise() {
    const std::lock_guard lock(mutex_);
    raised_ = true;
    changed_.notify_all();
  }
  [[nodiscard]] bool wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kLongEnough, [this] { return raised_; });
  }
  [[nodiscard]] bool is_raised() {
    const std::lock_guard lock(mutex_);
    return raised_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool raised_ = false;
};

// Lines that any thread adds to.
class Lines {
 public:
  void add(std::string line) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
  }
  [[nodiscard]] std::vector<std::string> all() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

// A call or a job. Outlives the runtime it is handed to.
class Probe {
 public:
  using Body = std::function<silex_status(const silex_scope& scope)>;

  explicit Probe(Body body = {}) : body_(std::move(body)) {
    work.size = sizeof(silex_work);
    work.name = "probe";
    work.data = this;
    work.run = [](void* data, const silex_scope* scope) { return of(data).run(*scope); };
    work.done = [](void* data, const silex_completion* completion) { of(data).done(*completion); };
    work.release = [](void* data) { of(data).release(); };
  }
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  // Whether it came to its end within the bound.
  [[nodiscard]] bool ended() { return released_.wait(); }
  // "run" (when it has returned), "done" and "release", in the order in which they happened.
  [[nodiscard]] std::vector<std::string> history() const { return history_.all(); }
  // Valid once it ended.
  [[nodiscard]] silex_outcome outcome() const { return outcome_; }
  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] const std::string& detail() const { return detail_; }
  [[nodiscard]] silex_status code() const { return code_; }
  [[nodiscard]] std::thread::id ran_on() const { return ran_on_; }

  silex_work work{};
  silex_id id = 0;
  std::function<void()> on_done;

 private:
  static Probe& of(void* data) { return *static_cast<Probe*>(data); }
  silex_status run(const silex_scope& scope) {
    struct Returned {
      Lines& history;
      ~Returned() { history.add("run"); }
    };
    const Returned returned{history_};
    ran_on_ = std::this_thread::get_id();
    return body_ ? body_(scope) : SILEX_OK;
  }
  void done(const silex_completion& completion) {
    outcome_ = completion.outcome;
    if (completion.error) {
      code_ = completion.error->code;
      message_ = completion.error->message;
      detail_ = completion.error->detail;
    }
    history_.add("done");
    if (on_done) on_done();
  }
  void release() {
    history_.add("release");
    released_.raise();
  }

  const Body body_;
  Lines history_;
  Signal released_;
  silex_outcome outcome_ = SILEX_OUTCOME_VALUE;
  silex_status code_ = SILEX_OK;
  std::string message_;
  std::string detail_;
  std::thread::id ran_on_;
};

}  // namespace silex::test
