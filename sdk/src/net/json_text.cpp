#include "net/json_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace silex::net {
namespace {

constexpr bool is_plain(unsigned char c) {
  return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      constexpr std::string_view digits = "0123456789abcdef";
      out += "\\u00";
      out += digits[static_cast<unsigned char>(c) >> 4U];
      out += digits[static_cast<unsigned char>(c) & 15U];
  }
}

template <typename Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  out.append(text.data(), end);
}

void append_float(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";  // JSON has no other word for it
    return;
  }
  const std::size_t start = out.size();
  append_number(out, number);
  // A whole number stays a floating-point one at the other end.
  if (out.find_first_of(".e", start) == std::string::npos) out += ".0";
}

}  // namespace

// In blocks, so that the compiler uses wide registers.
std::size_t json_plain_prefix(std::string_view text) {
  constexpr std::size_t block = 32;
  std::size_t length = 0;
  for (; length + block <= text.size(); length += block) {
    unsigned special = 0;
    for (std::size_t i = 0; i < block; ++i) {
      const auto c = static_cast<unsigned char>(text[length + i]);
      special |= static_cast<unsigned>(c < 0x20) | static_cast<unsigned>(c >= 0x80) |
                 static_cast<unsigned>(c == '"') | static_cast<unsigned>(c == '\\');
    }
    if (special != 0) break;
  }
  while (length < text.size() && is_plain(static_cast<unsigned char>(text[length]))) ++length;
  return length;
}

std::size_t utf8_sequence(std::string_view text) {
  const auto byte = [&text](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto follows = [&byte](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(0);
  const unsigned second = byte(1);
  std::size_t length = 0;
  if (lead >= 0xC2 && lead <= 0xDF) length = 2;
  if (lead >= 0xE0 && lead <= 0xEF) length = 3;
  if (lead >= 0xF0 && lead <= 0xF4) length = 4;
  const bool wrong_second = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
                            (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
  for (std::size_t i = 1; i < length; ++i) {
    if (!follows(i)) length = 0;
  }
  if (length == 0 || wrong_second) throw std::invalid_argument("it holds text that is not UTF-8");
  return length;
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const std::size_t plain = json_plain_prefix(text);
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      append_escaped(out, text.front());
      text.remove_prefix(1);
    } else {
      const std::size_t length = utf8_sequence(text);
      out.append(text.substr(0, length));
      text.remove_prefix(length);
    }
  }
  out += '"';
}

void append_json(std::string& out, const Json& value, std::vector<std::string>& attachments) {
  char separator = 0;
  switch (value.type()) {
    case Json::value_t::string:
      return append_json_string(out, value.get_ref<const std::string&>());
    case Json::value_t::number_integer:
      return append_number(out, value.get<std::int64_t>());
    case Json::value_t::number_unsigned:
      return append_number(out, value.get<std::uint64_t>());
    case Json::value_t::number_float:
      return append_float(out, value.get<double>());
    case Json::value_t::boolean:
      out += value.get<bool>() ? "true" : "false";
      return;
    case Json::value_t::array:
      out += '[';
      for (const Json& item : value.get_ref<const Json::array_t&>()) {
        if (std::exchange(separator, ',') != 0) out += ',';
        append_json(out, item, attachments);
      }
      out += ']';
      return;
    case Json::value_t::object:
      out += '{';
      for (const auto& [key, item] : value.get_ref<const Json::object_t&>()) {
        if (std::exchange(separator, ',') != 0) out += ',';
        append_json_string(out, key);
        out += ':';
        append_json(out, item, attachments);
      }
      out += '}';
      return;
    case Json::value_t::binary:
      out += R"({"_placeholder":true,"num":)";
      append_number(out, attachments.size());
      out += '}';
      attachments.emplace_back(value.get_binary().begin(), value.get_binary().end());
      return;
    default:
      out += "null";
  }
}

JsonExtent extent_of(const Json& value) {
  constexpr std::size_t short_value = 12;  // a number, a word, a separator
  switch (value.type()) {
    case Json::value_t::string:
      return {value.get_ref<const std::string&>().size() + short_value, 0};
    case Json::value_t::binary:
      return {4 * short_value, 1};
    case Json::value_t::array:
    case Json::value_t::object: {
      JsonExtent extent{short_value, 0};
      for (auto item = value.begin(); item != value.end(); ++item) {
        const JsonExtent part = extent_of(*item);
        extent.text += part.text + (value.is_object() ? item.key().size() + short_value : 0);
        extent.binaries += part.binaries;
      }
      return extent;
    }
    default:
      return {short_value, 0};
  }
}

}  // namespace silex::net
