// The thread `silex-net`: sockets, timers and the state of every connection on it. It never runs a user's
// code and never blocks, so that heartbeats go on whatever the host and its plugins do.
#pragma once

#include "net/resolve.hpp"
#include "net/sequence.hpp"

#include <functional>
#include <memory>
#include <string>

namespace silex::net {

class NetThread : public Sequence {
 public:
  // `lookup` finds names; tests bring their own.
  explicit NetThread(BlockingLookup lookup = system_lookup);
  // Joins the thread; what was posted and has not run is dropped. Not on the thread itself.
  ~NetThread() override;
  NetThread(const NetThread&) = delete;
  NetThread& operator=(const NetThread&) = delete;

  void post(Task task) override;
  TimePoint now() const override;
  [[nodiscard]] std::unique_ptr<Timer> after(Duration delay, Task task) override;
  // At most 200 us.
  void gather(Duration time) override;

  asio::io_context& io();
  const BlockingLookup& lookup() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace silex::net
