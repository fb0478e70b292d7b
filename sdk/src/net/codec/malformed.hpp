// One wording for everything that is wrong with a text from the peer.
#pragma once

#include "net/codec/codec_error.hpp"

#include <string>
#include <string_view>

namespace silex::net {

// Throws "<subject> is malformed at byte <at>: found <what stands there>, expected <expected>".
[[noreturn]] void refuse(std::string_view subject, std::string_view text, std::size_t at,
                         std::string_view expected);

// A peer's text as part of a sentence: in quotes, shortened, control characters and quotes as '?'.
std::string excerpt(std::string_view text);

}  // namespace silex::net
