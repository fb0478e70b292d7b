// The connections of one run of a runtime, by their ids. They share one net thread, which the first one
// starts.
#pragma once

#include "abi/connection_handle.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

namespace silex::abi {

class ConnectionTable {
 public:
  // [any-thread] Throws std::invalid_argument where the URL is wrong. 0 where the run has ended meanwhile.
  silex_id open(std::shared_ptr<Core> core, const config::Config& config,
                const silex_connection_options& options, net::Json auth);
  // nullptr where there is none, or none any more. [any-thread]
  std::shared_ptr<ConnectionHandle> find(silex_id id);
  // [any-thread] Never blocks.
  Status close(silex_id id);
  // The wait for an acknowledgement. [any-thread]
  Status cancel(silex_id emission);

  // Tells the users of each session what a watchdog saw. [any-thread]
  void report(const net::RuntimeReport& report);
  // The same of what the threads are busy with. [watch-thread]
  void tell_occupancy(const OccupancyReport& report, action::ActionTable& actions);

  // With the run, before its loop ends; nobody opens one any more. Waits for what is still to be sent.
  void close_all();

 private:
  void forget_closed();
  std::vector<std::shared_ptr<SessionHandle>> sessions();

  std::mutex mutex_;
  std::uint64_t run_ = 0;
  std::optional<net::Wiring> wiring_;
  std::unordered_map<silex_id, std::shared_ptr<ConnectionHandle>> open_;
  std::vector<std::shared_ptr<ConnectionHandle>> closing_;
};

// Why a function is refused that is given an id which open() did not return.
Status unknown_connection();

}  // namespace silex::abi
