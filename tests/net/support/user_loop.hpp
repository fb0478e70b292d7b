// A user's loop on a thread of its own, and what a client told it, for tests against real servers.
#pragma once

#include "net/client.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace silex::net::test {

class UserLoop {
 public:
  ~UserLoop() {
    post([this] { done_ = true; });
    thread_.join();
  }

  Executor executor() {
    return [this](std::function<void()> call) { post(std::move(call)); };
  }
  void post(std::function<void()> call) {
    {
      const std::lock_guard lock(mutex_);
      calls_.push_back(std::move(call));
    }
    changed_.notify_all();
  }

  // State that handlers write and the test waits for goes through here.
  void change(const std::function<void()>& change) {
    {
      const std::lock_guard lock(mutex_);
      change();
    }
    changed_.notify_all();
  }
  // False when `condition` does not come true within `bound`.
  bool wait(const std::function<bool()>& condition,
            std::chrono::milliseconds bound = std::chrono::seconds(20)) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, bound, condition);
  }

 private:
  void run() {
    while (!done_) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return !calls_.empty(); });
      const auto call = std::move(calls_.front());
      calls_.pop_front();
      lock.unlock();
      call();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> calls_;
  bool done_ = false;
  std::thread thread_{[this] { run(); }};
};

// A client on that loop that keeps what it is told. Everything but `client` is read inside loop.wait() or
// lock().
struct LiveClient {
  explicit LiveClient(ClientOptions options, Wiring wiring = own_net_thread())
      : client(
            std::move(options), loop.executor(),
            [this](LogLevel, std::string_view sentence) { loop.change([&] { log.emplace_back(sentence); }); },
            std::move(wiring)) {
    client.on_state([this](const StateChange& change) { loop.change([&] { states.push_back(change); }); });
  }

  int count(StateChange::Kind kind) const {
    int count = 0;
    for (const auto& state : states) count += state.kind == kind ? 1 : 0;
    return count;
  }
  bool wait_for(StateChange::Kind kind, int times = 1) {
    return loop.wait([&] { return count(kind) >= times; });
  }
  // Whether it is told so, at any time.
  bool says(StateChange::Kind kind, const std::string& part) {
    return loop.wait([&] {
      for (const auto& state : states) {
        if (state.kind == kind && state.sentence.find(part) != std::string::npos) return true;
      }
      return false;
    });
  }
  StateChange last(StateChange::Kind kind) {
    StateChange found;
    loop.change([&] {
      for (const auto& state : states) {
        if (state.kind == kind) found = state;
      }
    });
    return found;
  }
  // Emits and waits for the outcome.
  Ack ask(const std::string& nsp, const std::string& name, Arguments arguments = {},
          std::chrono::milliseconds timeout = std::chrono::seconds(10)) {
    EmitOptions options;
    options.timeout = timeout;
    auto answer = std::make_shared<std::pair<bool, Ack>>();
    client.emit(nsp, name, std::move(arguments), options, [this, answer](Ack ack) {
      loop.change([&] { *answer = {true, std::move(ack)}; });
    });
    loop.wait([&] { return answer->first; }, timeout * 2);
    return answer->second;
  }

  std::vector<StateChange> states;
  std::vector<std::string> log;
  UserLoop loop;
  Client client;
};

}  // namespace silex::net::test
