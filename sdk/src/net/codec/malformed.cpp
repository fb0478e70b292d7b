#include "net/codec/malformed.hpp"

namespace silex::net {
namespace {

// What an error shows of a text; a sentence is read by people.
constexpr std::size_t longest_excerpt = 60;

std::string found_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return "the end";
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte > 0x20 && byte < 0x7F) return {'\'', text[at], '\''};
  constexpr std::string_view digits = "0123456789abcdef";
  return {'b', 'y', 't', 'e', ' ', '0', 'x', digits[byte >> 4U], digits[byte & 15U]};
}

}  // namespace

void refuse(std::string_view subject, std::string_view text, std::size_t at, std::string_view expected) {
  std::string sentence(subject);
  sentence.append(" is malformed at byte ").append(std::to_string(at));
  sentence.append(": found ").append(found_at(text, at)).append(", expected ").append(expected);
  throw CodecError(CodecFault::malformed, sentence, at);
}

std::string excerpt(std::string_view text) {
  std::string result = "\"";
  for (const char c : text.substr(0, longest_excerpt)) {
    const auto byte = static_cast<unsigned char>(c);
    result += byte < 0x20 || byte >= 0x7F || c == '"' ? '?' : c;
  }
  result += text.size() > longest_excerpt ? "...\"" : "\"";
  return result;
}

}  // namespace silex::net
