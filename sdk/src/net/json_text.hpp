// JSON to text and back, several times as fast as nlohmann's dump() and parse(): a message of 100 KB must not
// hold the net thread, and with it the heartbeat, for longer than it takes to copy it. Pure functions.
#pragma once

#include "net/event.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace silex::net {

// Binary values go to `attachments`, in order, and leave Socket.IO's placeholder in the text.
// Throws std::invalid_argument when a string is not UTF-8.
void append_json(std::string& out, const Json& value, std::vector<std::string>& attachments);
void append_json_string(std::string& out, std::string_view text);

struct JsonExtent {
  std::size_t text = 0;  // about as many bytes as it takes
  std::size_t binaries = 0;
};
JsonExtent extent_of(const Json& value);

// Throw std::invalid_argument on what is not JSON, or not UTF-8. The second takes a list, and gives its
// items.
Json parse_json(std::string_view text);
std::vector<Json> parse_json_list(std::string_view text);

// How many bytes at the start of `text` stand in a JSON string for themselves: ASCII without control
// characters, quotes and backslashes.
std::size_t json_plain_prefix(std::string_view text);

// Length of the UTF-8 sequence at the start of `text`, which begins with a byte of 0x80 or more. RFC 3629: no
// overlong forms, no surrogates, nothing past U+10FFFF. Throws std::invalid_argument when it is none.
std::size_t utf8_sequence(std::string_view text);

}  // namespace silex::net
