// The emissions of a connection that ask for an acknowledgement, and how each is told: once.
#pragma once

#include "net/client.hpp"
#include "runtime/core.hpp"

#include <silex/connection.h>

#include <memory>
#include <mutex>
#include <unordered_map>

namespace silex::abi {

// Shared with what the net thread calls, which may come when the connection has gone. [any-thread]
class Acknowledgements {
 public:
  explicit Acknowledgements(std::shared_ptr<Core> core) : core_(std::move(core)) {}

  // From here on it is waited for under that id.
  void expect(silex_id id, const silex_emission& emission);
  // Whoever comes first tells it: the service's answer, or a cancel. Whether it was waited for.
  bool tell(silex_id id, net::Ack ack);
  bool cancel(silex_id id);

 private:
  struct Waiting {
    silex_task_id task;
    void* data;
    void (*acknowledged)(void* data, const silex_acknowledgement* acknowledgement);
  };
  std::unordered_map<silex_id, Waiting>::node_type take(silex_id id);

  const std::shared_ptr<Core> core_;
  std::mutex mutex_;
  std::unordered_map<silex_id, Waiting> waiting_;
};

}  // namespace silex::abi
