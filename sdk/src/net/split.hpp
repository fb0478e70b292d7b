// What is larger than the server takes in one message, as several messages that come to the same. Pure.
#pragma once

#include "net/codec/packet.hpp"

#include <cstddef>
#include <vector>

namespace silex::net {

// The bytes of a value as JSON text.
std::size_t text_size(const Json& value);

// Objects that make `whole` when they are merged one after another (merge.hpp), each of at most `limit` bytes
// as text and each with the members of `always`. Texts and lists cannot be parted: one that is too long makes
// a part that is too large, and holds nothing else. `whole` itself where it fits. `limit` 0: everything fits.
std::vector<Json> split(Json whole, const Json& always, std::size_t limit);

}  // namespace silex::net
