// nlohmann values to text. nlohmann's own dump() takes several times as long, and a message of 100 KB must
// not hold the net thread for longer than it takes to copy it.
#pragma once

#include "net/codec/packet.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace silex::net {

// Nested deeper nothing sensible comes, and the stack of a thread is not endless. Holds for reading as well.
inline constexpr int deepest_nesting = 256;

// Binary values leave Socket.IO's placeholder in the text, counted from attachment `first` on, and go to
// `attachments`, as views; without it they are refused. Throws CodecError, `out` then ends somewhere inside
// `value`. Its sentence is half a one, "a value in it ...": the caller knows of what.
void write_json(std::string& out, const Json& value, std::vector<std::string_view>* attachments = nullptr,
                std::size_t first = 0);
void write_json_string(std::string& out, std::string_view text);

}  // namespace silex::net
