#include "net/codec/json_writer.hpp"

#include "net/codec/codec_error.hpp"
#include "net/codec/json_number.hpp"
#include "net/codec/malformed.hpp"
#include "net/codec/utf8.hpp"

namespace silex::net {
namespace {

// The escapes that JSON.stringify writes: https://tc39.es/ecma262/#sec-quotejsonstring
void append_escape(std::string& out, char c) {
  constexpr std::string_view special = "\"\\\b\f\n\r\t";
  constexpr std::string_view codes = "\"\\bfnrt";
  if (const auto index = special.find(c); index != std::string_view::npos) {
    out += '\\';
    out += codes[index];
    return;
  }
  constexpr std::string_view digits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += digits[byte >> 4U];
  out += digits[byte & 15U];
}

class Writer {
 public:
  Writer(std::string& out, std::vector<std::string_view>* attachments, std::size_t first)
      : out_(out), attachments_(attachments), first_(first) {}

  void value(const Json& value, int depth) {
    switch (value.type()) {
      case Json::value_t::string:
        return write_json_string(out_, value.get_ref<const std::string&>());
      case Json::value_t::number_integer:
        return append_number(out_, value.get_ref<const std::int64_t&>());
      case Json::value_t::number_unsigned:
        return append_number(out_, value.get_ref<const std::uint64_t&>());
      case Json::value_t::number_float:
        return append_number(out_, value.get_ref<const double&>());
      case Json::value_t::boolean:
        out_ += value.get_ref<const bool&>() ? "true" : "false";
        return;
      case Json::value_t::array:
        return array(value.get_ref<const Json::array_t&>(), depth + 1);
      case Json::value_t::object:
        return object(value.get_ref<const Json::object_t&>(), depth + 1);
      case Json::value_t::binary:
        return binary(value.get_binary());
      default:
        out_ += "null";
    }
  }

 private:
  static void check(int depth) {
    if (depth <= deepest_nesting) return;
    throw CodecError(CodecFault::not_sendable, "a value in it is nested deeper than " +
                                                   std::to_string(deepest_nesting) + " levels; flatten it");
  }

  void array(const Json::array_t& items, int depth) {
    check(depth);
    out_ += '[';
    bool first = true;
    for (const Json& item : items) {
      if (!first) out_ += ',';
      first = false;
      value(item, depth);
    }
    out_ += ']';
  }

  void object(const Json::object_t& members, int depth) {
    check(depth);
    out_ += '{';
    bool first = true;
    for (const auto& [key, item] : members) {
      if (!first) out_ += ',';
      first = false;
      write_json_string(out_, key);
      out_ += ':';
      value(item, depth);
    }
    out_ += '}';
  }

  void binary(const Json::binary_t& bytes) {
    if (attachments_ == nullptr) {
      throw CodecError(
          CodecFault::not_sendable,
          "it holds binary data, which only events and acknowledgements carry; send them as text");
    }
    out_ += R"({"_placeholder":true,"num":)";
    append_number(out_, std::uint64_t{attachments_->size() - first_});
    out_ += '}';
    attachments_->emplace_back(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }

  std::string& out_;
  std::vector<std::string_view>* attachments_;
  std::size_t first_;
};

}  // namespace

void write_json(std::string& out, const Json& value, std::vector<std::string_view>* attachments,
                std::size_t first) {
  Writer(out, attachments, first).value(value, 0);
}

void write_json_string(std::string& out, std::string_view text) {
  // With room for what usually follows: a long text would otherwise double the buffer for one bracket.
  constexpr std::size_t room = 160;
  if (out.capacity() - out.size() < text.size() + 2) out.reserve(out.size() + text.size() + room);
  out += '"';
  std::size_t at = 0;
  for (;;) {
    const std::size_t verbatim = verbatim_prefix(text.substr(at));
    out.append(text, at, verbatim);
    at += verbatim;
    if (at == text.size()) break;
    if (static_cast<unsigned char>(text[at]) >= 0x80) {
      throw CodecError(CodecFault::not_sendable, "the text " + excerpt(text) +
                                                     " in it is not UTF-8 at its byte " + std::to_string(at) +
                                                     "; convert it first");
    }
    append_escape(out, text[at]);
    ++at;
  }
  out += '"';
}

}  // namespace silex::net
