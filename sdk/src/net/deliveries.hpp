// Hands callbacks to the user's executor: in order, many in one posted call, never under a lock.
#pragma once

#include "net/event.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace silex::net {

class Deliveries {
 public:
  Deliveries(Executor executor, LogSink log);

  // [net-thread] Kept until flush().
  void add(std::function<void()> call) { collected_.push_back({std::move(call), {}, {}}); }
  void add(AckHandler handler, Ack ack) { collected_.push_back({{}, std::move(handler), std::move(ack)}); }
  bool empty() const { return collected_.empty(); }

  // [net-thread] Gives what was collected to the executor. At most one posted call is outstanding, so a loop
  // that is blocked for minutes finds one call waiting, with everything in it.
  void flush();

 private:
  // Acknowledgements are the many: they need no memory of their own.
  struct Call {
    std::function<void()> call;
    AckHandler handler;
    Ack ack;
  };
  struct Shared;
  std::shared_ptr<Shared> shared_;
  Executor executor_;
  std::vector<Call> collected_;
};

}  // namespace silex::net
