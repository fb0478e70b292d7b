#include "net/codec/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace silex::net {
namespace {

constexpr std::uint64_t every_byte = 0x0101'0101'0101'0101;
constexpr std::uint64_t top_bits = every_byte * 0x80;

// Not 0 when a byte of `word` is 0. Exact for the word as a whole, which is all that is asked.
constexpr std::uint64_t zero_byte(std::uint64_t word) {
  return (word - every_byte) & ~word & top_bits;
}

constexpr bool all_verbatim_ascii(std::uint64_t word) {
  const std::uint64_t control = (word - every_byte * 0x20) & ~word & top_bits;
  return ((word & top_bits) | control | zero_byte(word ^ (every_byte * '"')) |
          zero_byte(word ^ (every_byte * '\\'))) == 0;
}

constexpr bool is_verbatim_ascii(unsigned char c) {
  return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

// Length of the sequence at the start of `text`, whose first byte is 0x80 or more; 0 when it is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&text](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned lead = byte(0);
  const unsigned second = byte(1);
  std::size_t length = 0;
  if (lead >= 0xC2 && lead <= 0xDF) length = 2;
  if (lead >= 0xE0 && lead <= 0xEF) length = 3;
  if (lead >= 0xF0 && lead <= 0xF4) length = 4;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
  }
  const bool overlong_or_surrogate = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
                                     (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
  return overlong_or_surrogate ? 0 : length;
}

std::uint64_t word_at(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  std::memcpy(&word, text.data() + at, sizeof word);
  return word;
}

// `words` and `bytes` say what of ASCII may pass.
template <typename Words, typename Bytes>
std::size_t prefix(std::string_view text, Words words, Bytes bytes) {
  std::size_t length = 0;
  for (;;) {
    while (length + 8 <= text.size() && words(word_at(text, length))) length += 8;
    while (length < text.size() && bytes(static_cast<unsigned char>(text[length]))) {
      // Back to whole words as soon as a word's worth of bytes has passed.
      if (++length % 8 == 0 && length + 8 <= text.size()) break;
    }
    if (length == text.size()) return length;
    const auto next = static_cast<unsigned char>(text[length]);
    if (bytes(next)) continue;
    if (next < 0x80) return length;
    const std::size_t sequence = sequence_length(text.substr(length));
    if (sequence == 0) return length;
    length += sequence;
  }
}

}  // namespace

std::size_t utf8_prefix(std::string_view text) {
  return prefix(
      text, [](std::uint64_t word) { return (word & top_bits) == 0; },
      [](unsigned char byte) { return byte < 0x80; });
}

std::string as_utf8(std::string_view text) {
  std::string whole;
  for (;;) {
    const std::size_t good = utf8_prefix(text);
    whole += text.substr(0, good);
    if (good == text.size()) return whole;
    whole += "\xEF\xBF\xBD";
    text.remove_prefix(good + 1);
  }
}

std::size_t verbatim_prefix(std::string_view text) {
  return prefix(text, all_verbatim_ascii, is_verbatim_ascii);
}

}  // namespace silex::net
