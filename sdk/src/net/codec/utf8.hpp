// How far a text may be copied as it stands. RFC 3629: no overlong forms, no surrogates, nothing past
// U+10FFFF.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace silex::net {

// Bytes at the start of `text` that are UTF-8; its size when all are.
std::size_t utf8_prefix(std::string_view text);

// The text with U+FFFD for each byte that is no UTF-8: what comes from a file's name, or from another
// program.
std::string as_utf8(std::string_view text);

// Bytes at the start of `text` that stand for themselves in a JSON string: UTF-8 without control characters,
// quotes and backslashes.
std::size_t verbatim_prefix(std::string_view text);

}  // namespace silex::net
