#include "net/codec/packet.hpp"

#include <algorithm>
#include <array>

namespace silex::net::socket_io {

// The list of socket.io-parser: names that server and client use for events of their own.
bool is_reserved_event(std::string_view name) {
  constexpr std::array<std::string_view, 6> reserved{"connect",       "connect_error", "disconnect",
                                                     "disconnecting", "newListener",   "removeListener"};
  return std::find(reserved.begin(), reserved.end(), name) != reserved.end();
}

NamespaceParts split_namespace(std::string_view nsp) {
  const auto mark = nsp.find('?');
  if (mark == std::string_view::npos) return {nsp, {}};
  return {nsp.substr(0, mark), nsp.substr(mark + 1)};
}

}  // namespace silex::net::socket_io
