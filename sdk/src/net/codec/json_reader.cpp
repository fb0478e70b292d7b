#include "net/codec/json_reader.hpp"

#include "net/codec/json_number.hpp"
#include "net/codec/json_writer.hpp"
#include "net/codec/malformed.hpp"
#include "net/codec/utf8.hpp"

#include <charconv>
#include <cstdint>
#include <utility>

namespace silex::net {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

void append_utf8(std::string& out, char32_t point) {
  const auto add = [&out](char32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) return add(point);
  if (point < 0x800) {
    add(0xC0U | (point >> 6U));
  } else {
    if (point < 0x10000) {
      add(0xE0U | (point >> 12U));
    } else {
      add(0xF0U | (point >> 18U));
      add(0x80U | ((point >> 12U) & 0x3FU));
    }
    add(0x80U | ((point >> 6U) & 0x3FU));
  }
  add(0x80U | (point & 0x3FU));
}

}  // namespace

void JsonReader::refuse(std::string_view expected) const {
  net::refuse(subject_, text_, at_, expected);
}

void JsonReader::space() {
  for (char c = peek(); c == ' ' || c == '\n' || c == '\t' || c == '\r'; c = peek()) ++at_;
}

bool JsonReader::take(char c) {
  if (at_ >= text_.size() || text_[at_] != c) return false;
  ++at_;
  space();
  return true;
}

void JsonReader::expect(char c, std::string_view expected) {
  if (!take(c)) refuse(expected);
}

void JsonReader::end() {
  if (at_ < text_.size()) refuse("the end");
}

void JsonReader::nest(int depth) const {
  if (depth <= deepest_nesting) return;
  throw CodecError(CodecFault::too_large,
                   std::string(subject_) + " is nested deeper than " + std::to_string(deepest_nesting) +
                       " levels at byte " + std::to_string(at_),
                   at_);
}

Json JsonReader::value(int depth) {
  space();
  Json parsed;
  switch (peek()) {
    case '{':
      nest(depth + 1);
      parsed = object(depth + 1);
      break;
    case '[':
      nest(depth + 1);
      parsed = Json::array();
      take('[');
      items(parsed.get_ref<Json::array_t&>(), depth + 1);
      return parsed;
    case '"':
      parsed = string();
      break;
    case 't':
      word("true");
      parsed = true;
      break;
    case 'f':
      word("false");
      parsed = false;
      break;
    case 'n':
      word("null");
      break;
    default:
      parsed = number();
  }
  space();
  return parsed;
}

void JsonReader::items(Arguments& into, int depth) {
  if (!take(']')) more_items(into, depth);
}

void JsonReader::more_items(Arguments& into, int depth) {
  do {
    into.push_back(value(depth));
  } while (take(','));
  expect(']', "',' or ']'");
}

Json JsonReader::object(int depth) {
  Json parsed = Json::object();
  auto& members = parsed.get_ref<Json::object_t&>();
  take('{');
  if (take('}')) return parsed;
  do {
    if (peek() != '"') refuse("a member's name in quotes");
    std::string key = string();
    space();
    expect(':', "':'");
    // The last one of a name counts, where the first one stood, as in JavaScript.
    Json member = value(depth);
    members[std::move(key)] = std::move(member);
  } while (take(','));
  expect('}', "',' or '}'");
  return parsed;
}

// From one quote to the other.
std::string JsonReader::string() {
  std::string parsed;
  ++at_;
  for (;;) {
    const std::size_t verbatim = verbatim_prefix(text_.substr(at_));
    parsed.append(text_, at_, verbatim);
    at_ += verbatim;
    if (at_ == text_.size()) refuse("'\"' at the end of a text");
    switch (text_[at_]) {
      case '"':
        ++at_;
        return parsed;
      case '\\':
        escape(parsed);
        break;
      default:
        refuse(static_cast<unsigned char>(text_[at_]) < 0x20 ? "an escape for a control character" : "UTF-8");
    }
  }
}

void JsonReader::escape(std::string& into) {
  constexpr std::string_view codes = "\"\\/bfnrt";
  constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
  ++at_;
  if (peek() == 'u') {
    ++at_;
    return append_utf8(into, code_point());
  }
  const auto index = at_ < text_.size() ? codes.find(text_[at_]) : std::string_view::npos;
  if (index == std::string_view::npos) refuse("one of \"\\/bfnrtu after '\\'");
  into += meanings[index];
  ++at_;
}

// What stands after \u, with its second half where it takes two. Half a surrogate pair, which JavaScript
// writes of a text that was cut inside one, has no form in UTF-8: it is read as browsers encode it.
char32_t JsonReader::code_point() {
  constexpr char32_t replacement = 0xFFFD;
  const char32_t first = four_digits();
  if (first < 0xD800 || first > 0xDFFF) return first;
  if (first > 0xDBFF || text_.substr(at_, 2) != "\\u") return replacement;
  const std::size_t next = at_;
  at_ += 2;
  const char32_t second = four_digits();
  if (second < 0xDC00 || second > 0xDFFF) {
    at_ = next;  // it is a character of its own
    return replacement;
  }
  return 0x10000 + ((first - 0xD800) << 10U) + (second - 0xDC00);
}

char32_t JsonReader::four_digits() {
  std::uint32_t number = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    const char c = peek();
    const auto lower = static_cast<char>(c | 0x20);
    if (!is_digit(c) && (lower < 'a' || lower > 'f')) refuse("four hexadecimal digits after \\u");
    number = number * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : lower - 'a' + 10);
  }
  return number;
}

void JsonReader::digits() {
  if (!is_digit(peek())) refuse("a digit");
  while (is_digit(peek())) ++at_;
}

Json JsonReader::number() {
  const std::size_t start = at_;
  const bool negative = peek() == '-';
  if (negative) ++at_;
  if (!negative && !is_digit(peek())) refuse("a value");
  if (peek() == '0') {
    ++at_;
    if (is_digit(peek())) refuse("no digit after a leading 0");
  } else {
    digits();
  }
  bool whole = true;
  if (peek() == '.') {
    whole = false;
    ++at_;
    digits();
  }
  if (peek() == 'e' || peek() == 'E') {
    whole = false;
    ++at_;
    if (peek() == '+' || peek() == '-') ++at_;
    digits();
  }
  const std::string_view written = text_.substr(start, at_ - start);
  const char* const last = written.data() + written.size();
  if (whole && negative) {
    std::int64_t number = 0;
    if (std::from_chars(written.data(), last, number).ec == std::errc()) return number;
  } else if (whole) {
    std::uint64_t number = 0;
    if (std::from_chars(written.data(), last, number).ec == std::errc()) return number;
  }
  const auto number = to_double(written);
  if (!number) {
    at_ = start;
    refuse("a number below 1.8e308");
  }
  return *number;
}

void JsonReader::word(std::string_view word) {
  if (text_.substr(at_, word.size()) != word) refuse(word);
  at_ += word.size();
}

}  // namespace silex::net
