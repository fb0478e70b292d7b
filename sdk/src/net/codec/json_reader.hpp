// A JSON parser (RFC 8259) that fills nlohmann values, several times as fast as nlohmann's own, and says at
// which byte of a packet something is wrong.
#pragma once

#include "net/codec/packet.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace silex::net {

// Reads on from byte `at` of `text`. Every function throws CodecError, "<subject> is malformed at byte ...".
class JsonReader {
 public:
  JsonReader(std::string_view text, std::size_t at, std::string_view subject)
      : text_(text), at_(at), subject_(subject) {}

  // One value, with white space on both sides.
  Json value() { return value(0); }
  // What stands after '[', up to and with ']'.
  void items(Arguments& into) { items(into, 0); }
  // The same after a ',': there is one item at least.
  void more_items(Arguments& into) { more_items(into, 0); }
  // After this nothing may stand.
  void end();

  // One character, with white space after it.
  bool take(char c);
  void expect(char c, std::string_view expected);
  // What stands at the reader, '\0' at the end.
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  std::size_t at() const { return at_; }
  [[noreturn]] void refuse(std::string_view expected) const;

 private:
  void space();
  Json value(int depth);
  void items(Arguments& into, int depth);
  void more_items(Arguments& into, int depth);
  Json object(int depth);
  std::string string();
  void escape(std::string& into);
  char32_t code_point();
  char32_t four_digits();
  Json number();
  void digits();
  void word(std::string_view word);
  void nest(int depth) const;

  std::string_view text_;
  std::size_t at_;
  std::string_view subject_;
};

}  // namespace silex::net
