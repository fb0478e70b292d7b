// What stands before the JSON of a Socket.IO packet: type, attachments, namespace, acknowledgement number.
#include "net/codec/malformed.hpp"
#include "net/codec/socket_io_decode.hpp"
#include "net/codec/utf8.hpp"

#include <algorithm>
#include <charconv>

namespace silex::net::socket_io {
namespace {

constexpr std::string_view subject = "the Socket.IO packet";

class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool at_end() const { return at_ == text_.size(); }
  std::string_view rest() const { return text_.substr(at_); }
  void skip() { ++at_; }
  [[noreturn]] void refuse(std::string_view expected) const { net::refuse(subject, text_, at_, expected); }

  // The digits that stand here, if any.
  std::optional<std::uint64_t> number(std::uint64_t most, std::string_view what) {
    const char* const begin = text_.data() + at_;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), number);
    if (end == begin) return std::nullopt;
    if (error != std::errc() || number > most) {
      throw CodecError(CodecFault::too_large,
                       std::string(subject) + " is refused at byte " + std::to_string(at_) + ": its " +
                           std::string(what) + " is beyond " + std::to_string(most),
                       at_);
    }
    at_ += static_cast<std::size_t>(end - begin);
    return number;
  }

  std::string_view nsp() {
    if (peek() != '/') return "/";
    const std::string_view nsp = rest().substr(0, std::min(rest().find(','), rest().size()));
    if (const std::size_t good = utf8_prefix(nsp); good < nsp.size()) {
      at_ += good;
      refuse("UTF-8");
    }
    at_ += nsp.size();
    if (!at_end()) skip();  // the comma
    return nsp;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// The payload's first byte says whether it is of the right kind; the rest is read later, or never.
void check_payload(Type type, const Cursor& cursor) {
  const char first = cursor.peek();
  switch (type) {
    case Type::connect:
      if (!cursor.at_end() && first != '{')
        cursor.refuse("'{' or the end, as connect carries an object or nothing");
      return;
    case Type::disconnect:
      if (!cursor.at_end()) cursor.refuse("the end, as disconnect carries nothing");
      return;
    case Type::connect_error:
      if (first != '{' && first != '"')
        cursor.refuse("'{' or '\"', as connect error carries an object or a text");
      return;
    case Type::event:
      if (first != '[') cursor.refuse("'[', as an event carries a list");
      return;
    case Type::ack:
      if (first != '[') cursor.refuse("'[', as an acknowledgement carries a list");
      return;
  }
}

}  // namespace

Header read_header(std::string_view text) {
  constexpr char binary_event = '5';
  constexpr char binary_ack = '6';
  Cursor cursor(text);
  const char type = cursor.peek();
  if (type < '0' || type > binary_ack) cursor.refuse("a type from '0' to '6'");
  cursor.skip();
  Header header;
  const bool binary = type == binary_event || type == binary_ack;
  header.type = static_cast<Type>(binary ? type - binary_event + 2 : type - '0');
  if (binary) {
    if (cursor.peek() == '0') cursor.refuse("a number of attachments from 1 on");
    const auto count = cursor.number(largest_id, "number of attachments");
    if (!count) cursor.refuse("a number of attachments");
    header.attachments = static_cast<std::size_t>(*count);
    if (cursor.peek() != '-') cursor.refuse("'-' after the number of attachments");
    cursor.skip();
  }
  header.nsp = cursor.nsp();
  if (header.type == Type::event || header.type == Type::ack) {
    header.id = cursor.number(largest_id, "acknowledgement number");
    if (header.type == Type::ack && !header.id) cursor.refuse("an acknowledgement number");
  }
  check_payload(header.type, cursor);
  header.payload = cursor.rest();
  return header;
}

}  // namespace silex::net::socket_io
