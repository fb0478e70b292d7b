#include "abi/arguments.hpp"

#include "abi/report.hpp"
#include "net/codec/codec_error.hpp"
#include "net/codec/json_reader.hpp"
#include "net/codec/json_writer.hpp"
#include "net/codec/placeholders.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace silex::abi {

namespace {

Status copy_attachments(const char* what, const silex_arguments& from,
                        std::vector<net::Json::binary_t>& attachments, std::size_t& bytes) {
  if (from.attachment_count != 0 && !from.attachments) {
    return null_argument((std::string(what) + ".attachments").c_str(), "or set attachment_count to 0");
  }
  for (std::uint32_t i = 0; i < from.attachment_count; ++i) {
    const silex_bytes& attachment = from.attachments[i];
    if (attachment.size != 0 && !attachment.data) {
      return null_argument((std::string(what) + ".attachments[" + std::to_string(i) + "].data").c_str(),
                           "or set its size to 0");
    }
    const auto* const first = static_cast<const std::uint8_t*>(attachment.data);
    attachments.emplace_back(std::vector<std::uint8_t>(first, first + attachment.size));
    bytes += attachment.size;
  }
  return {};
}

Status read_json(const char* what, std::string_view text, std::string_view type, net::Json& to) {
  try {
    net::JsonReader reader(text, 0, what);
    to = reader.value();
    reader.end();
  } catch (const net::CodecError& wrong) {
    return {SILEX_ERROR_INVALID_ARGUMENT, wrong.what()};
  }
  if (to.type_name() == type) return {};
  return {SILEX_ERROR_INVALID_ARGUMENT, std::string(what) + " is of the JSON type " + to.type_name() +
                                            ": it must be an " + std::string(type)};
}

}  // namespace

Status read_arguments(const char* what, const silex_arguments& from, net::Arguments& to) {
  const std::string_view text = from.json ? from.json : "[]";
  std::vector<net::Json::binary_t> attachments;
  std::size_t bytes = 0;
  Status status = copy_attachments(what, from, attachments, bytes);
  net::Json array;
  if (status.ok()) status = read_json((std::string(what) + ".json").c_str(), text, "array", array);
  if (!status.ok()) return status;
  to = std::move(array.get_ref<net::Json::array_t&>());
  if (attachments.empty()) return {};
  try {
    net::socket_io::fill_placeholders(to, attachments, text.size() + bytes, SIZE_MAX);
  } catch (const net::CodecError& wrong) {
    return {SILEX_ERROR_INVALID_ARGUMENT, std::string(what) + ": " + wrong.what()};
  }
  return {};
}

Status read_object(const char* what, const char* text, net::Json& to) {
  return text ? read_json(what, text, "object", to) : Status();
}

ArgumentsText::ArgumentsText(net::Arguments values) : values_(std::move(values)) {
  std::vector<std::string_view> binary;
  for (const net::Json& value : values_) {
    if (json_.size() > 1) json_ += ',';
    net::write_json(json_, value, &binary);
  }
  json_ += ']';
  for (const std::string_view bytes : binary) attachments_.push_back({bytes.data(), bytes.size()});
}

silex_arguments ArgumentsText::view() const noexcept {
  return {sizeof(silex_arguments), static_cast<std::uint32_t>(attachments_.size()), json_.c_str(),
          attachments_.data()};
}

void write_text(const std::string& from, char* text, std::uint64_t size, std::uint64_t* length) {
  if (length) *length = from.size();
  if (!text || size == 0) return;
  const std::size_t part = std::min<std::size_t>(from.size(), size - 1);
  std::memcpy(text, from.data(), part);
  text[part] = '\0';
}

}  // namespace silex::abi
