// A Socket.IO 5 packet as a value. https://socket.io/docs/v4/socket-io-protocol/
#pragma once

#include "net/codec/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silex::net {

using Arguments = std::vector<Json>;

namespace socket_io {

// The digit on the wire. Binary event and binary acknowledgement (5 and 6) are how events and
// acknowledgements with attachments are written; a decoded packet is an event or an acknowledgement.
enum class Type : std::uint8_t {
  connect = 0,
  disconnect = 1,
  event = 2,
  ack = 3,
  connect_error = 4,
};

// As far as JavaScript counts without loss (2^53 - 1): a larger number would come back as another one.
inline constexpr std::uint64_t largest_id = 9'007'199'254'740'991;

struct Packet {
  Type type = Type::event;
  std::string nsp = "/";
  std::optional<std::uint64_t> id;  // event: an acknowledgement is wanted; ack: always there
  std::string name;                 // event; a number on the wire becomes its decimal text
  Arguments arguments;              // event, after its name; ack
  Json data;                        // connect: an object or null; connect_error: an object or a string

  bool operator==(const Packet&) const = default;
};

// Names of events that Socket.IO keeps for itself; a peer refuses a packet that has one.
bool is_reserved_event(std::string_view name);

// A namespace as it is on the wire may carry a query: "/project?shot=12".
struct NamespaceParts {
  std::string_view name;
  std::string_view query;  // without '?'
};
NamespaceParts split_namespace(std::string_view nsp);

}  // namespace socket_io
}  // namespace silex::net
