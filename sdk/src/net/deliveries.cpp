#include "net/deliveries.hpp"

#include <exception>
#include <iterator>
#include <mutex>
#include <string>

namespace silex::net {

struct Deliveries::Shared {
  std::mutex mutex;
  std::vector<Call> waiting;
  bool posted = false;
  LogSink log;

  void run() {
    std::vector<Call> calls;
    {
      const std::lock_guard lock(mutex);
      calls.swap(waiting);
      posted = false;
    }
    for (auto& call : calls) {
      try {
        call.call ? call.call() : call.handler(std::move(call.ack));
      } catch (const std::exception& thrown) {
        log(LogLevel::error, std::string("a handler of the connection threw: ") + thrown.what());
      } catch (...) {
        log(LogLevel::error, "a handler of the connection threw something that is no std::exception");
      }
      call = {};  // what it holds goes now, not after the last one
    }
  }
};

Deliveries::Deliveries(Executor executor, LogSink log)
    : shared_(std::make_shared<Shared>()), executor_(std::move(executor)) {
  shared_->log = std::move(log);
}

void Deliveries::flush() {
  if (collected_.empty()) return;
  bool post = false;
  {
    const std::lock_guard lock(shared_->mutex);
    auto& waiting = shared_->waiting;
    if (waiting.empty()) {
      waiting.swap(collected_);
    } else {
      std::move(collected_.begin(), collected_.end(), std::back_inserter(waiting));
    }
    post = !std::exchange(shared_->posted, true);
  }
  collected_.clear();
  if (post) {
    executor_([shared = shared_] { shared->run(); });
  }
}

}  // namespace silex::net
