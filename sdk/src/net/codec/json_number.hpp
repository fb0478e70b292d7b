// Numbers as JSON writes them, without a locale: a host may have set one with a decimal comma.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace silex::net {

void append_number(std::string& out, std::int64_t number);
void append_number(std::string& out, std::uint64_t number);

// As ECMAScript writes it (the shortest form that reads back the same), but a whole number keeps a ".0": it
// stays a floating-point one where the peer tells them apart. What is not finite becomes null, as in
// JSON.stringify.
void append_number(std::string& out, double number);

// The double nearest to a number in JSON's grammar; 0 when it is too small, nothing when it is too large.
std::optional<double> to_double(std::string_view number);

}  // namespace silex::net
