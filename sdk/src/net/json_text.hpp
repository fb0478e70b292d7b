// JSON as text, into a string that is there already, several times as fast as nlohmann's dump(): a message of
// 100 KB must not hold the net thread for longer than it takes to copy it. Pure functions.
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

std::size_t count_binaries(const Json& value);

}  // namespace silex::net
