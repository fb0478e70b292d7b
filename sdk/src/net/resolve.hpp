// From a host name to addresses without ever blocking the net thread or a stop.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <asio/io_context.hpp>
#include <asio/ip/address.hpp>

namespace silex::net {

struct Resolved {
  std::vector<asio::ip::address> addresses;
  std::string error;  // when there are none
};

// Blocks for as long as the system's resolver likes. [any-thread]
using BlockingLookup = std::function<Resolved(const std::string& host)>;

Resolved system_lookup(const std::string& host);

// One look-up under way. Destroying it gives it up at once.
class Resolution {
 public:
  virtual ~Resolution() = default;
};

// `done` runs on `io`, never inside this call. Numeric addresses and localhost need no look-up; anything else
// runs `lookup` on a thread of its own, because the system's resolver cannot be interrupted.
[[nodiscard]] std::unique_ptr<Resolution> resolve(asio::io_context& io, const std::string& host,
                                                  const BlockingLookup& lookup,
                                                  std::function<void(Resolved)> done);

}  // namespace silex::net
