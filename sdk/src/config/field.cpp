#include "config/field.hpp"

#include "config/units.hpp"
#include "net/url.hpp"
#include "yaml/scalar.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <stdexcept>

namespace silex::config {

namespace {

using yaml::Kind;
using yaml::Node;
using yaml::NodePtr;
using yaml::ScalarType;
using Result = std::optional<Refusal>;

constexpr std::array<std::string_view, 5> kLevels{"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"};

Refusal refuse(const Node& value) {
  return {value.place, yaml::describe(value)};
}

// Any scalar is good as text; null is the empty one.
std::optional<std::string> text_in(const Node& value) {
  if (value.kind == Kind::null) return "";
  if (value.kind != Kind::scalar) return std::nullopt;
  return value.text;
}

bool is_blank_or_control(unsigned char c) {
  return c <= ' ' || c == 127;
}

Refusal refuse_address(const std::string& text, const Node& value, std::string_view why) {
  // A password is not repeated.
  const std::size_t at = text.rfind('@');
  const std::string shown = at == std::string::npos ? text : "..." + text.substr(at);
  return {value.place, yaml::in_quotes(shown) + ", an address that " + std::string(why)};
}

// net::parse_url() says: the address "..." <what is wrong>; <how to write it>
std::string_view what_is_wrong(std::string_view sentence, std::string_view text) {
  const std::size_t begin = std::string_view("the address \"\" ").size() + text.size();
  return sentence.substr(std::min(begin, sentence.size()), sentence.rfind(';') - begin);
}

Result check_address(const std::string& text, const Node& value, bool is_proxy) {
  try {
    const net::Url url = net::parse_url(text);
    if (is_proxy && url.secure) return refuse_address(text, value, "wants TLS of a proxy");
    if (!is_proxy && !url.user_info.empty()) {
      return Refusal{value.place, "an address with a user or a password in it"};
    }
  } catch (const std::invalid_argument& error) {
    return refuse_address(text, value, what_is_wrong(error.what(), text));
  }
  return std::nullopt;
}

Result assign_to(const AddressField& field, const Node& value, Config& config) {
  const auto text = text_in(value);
  if (!text || text->empty()) return refuse(value);
  if (auto refusal = check_address(*text, value, false)) return refusal;
  field.of(config) = *text;
  return std::nullopt;
}

Result assign_to(const ProxyField& field, const Node& value, Config& config) {
  const auto text = text_in(value);
  if (!text) return refuse(value);
  if (!text->empty()) {
    const bool has_scheme = text->find("://") != std::string::npos;
    if (auto refusal = check_address(has_scheme ? *text : "http://" + *text, value, true)) return refusal;
  }
  field.of(config) = *text;
  return std::nullopt;
}

Result assign_to(const UrlPathField& field, const Node& value, Config& config) {
  const auto text = text_in(value);
  const auto is_wrong = [](unsigned char c) { return is_blank_or_control(c) || c == '?' || c == '#'; };
  if (!text || !text->starts_with('/') || std::any_of(text->begin(), text->end(), is_wrong))
    return refuse(value);
  field.of(config) = *text;
  return std::nullopt;
}

Result assign_to(const FilePathField& field, const Node& value, Config& config) {
  const auto text = text_in(value);
  if (!text) return refuse(value);
  field.of(config) = *text;
  return std::nullopt;
}

Result assign_to(const FoldersField& field, const Node& value, Config& config) {
  std::vector<std::string> folders;
  if (value.kind == Kind::scalar) folders.push_back(value.text);
  if (value.kind == Kind::mapping) return refuse(value);
  for (const NodePtr& item : value.items) {
    if (item->kind != Kind::scalar || item->text.empty()) return refuse(*item);
    folders.push_back(item->text);
  }
  field.of(config) = std::move(folders);
  return std::nullopt;
}

// RFC 9110: a token. What the hand-shake sets itself would break it.
bool is_header_name(std::string_view name) {
  static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) || marks.find(static_cast<char>(c)) != std::string_view::npos;
  });
}

Result assign_to(const HeadersField& field, const Node& value, Config& config) {
  if (value.kind != Kind::mapping && value.kind != Kind::null) return refuse(value);
  Headers headers;
  for (const yaml::Entry& entry : value.entries) {
    if (!is_header_name(entry.key))
      return Refusal{entry.place, "the header's name " + yaml::in_quotes(entry.key)};
    const auto text = text_in(*entry.value);
    if (!text) return refuse(*entry.value);
    // A line end would begin a header of its own.
    if (text->find_first_of("\r\n") != std::string::npos) {
      return Refusal{entry.value->place, "a header with a line end in it"};
    }
    headers.emplace_back(entry.key, *text);
  }
  field.of(config) = std::move(headers);
  return std::nullopt;
}

Result assign_to(const FlagField& field, const Node& value, Config& config) {
  if (value.kind != Kind::scalar || yaml::type_of(value) != ScalarType::boolean) return refuse(value);
  const auto flag = yaml::to_boolean(value.text);
  if (!flag) return refuse(value);
  field.of(config) = *flag;
  return std::nullopt;
}

Result assign_to(const CountField& field, const Node& value, Config& config) {
  if (value.kind != Kind::scalar || yaml::type_of(value) != ScalarType::integer) return refuse(value);
  const auto count = yaml::to_integer(value.text);
  if (!count || *count < 0) return refuse(value);
  const auto positive = static_cast<std::uint64_t>(*count);
  if (positive < field.least || positive > field.most) return refuse(value);
  field.of(config) = positive;
  return std::nullopt;
}

Result assign_to(const PartField& field, const Node& value, Config& config) {
  if (value.kind != Kind::scalar || value.quoted) return refuse(value);
  const auto number = yaml::to_number(value.text);
  if (!number || !(*number >= 0 && *number <= 1)) return refuse(value);
  field.of(config) = *number;
  return std::nullopt;
}

Result assign_to(const DurationField& field, const Node& value, Config& config) {
  if (value.kind != Kind::scalar) return refuse(value);
  const auto duration = parse_duration(value.text);
  if (!duration || *duration < field.least || *duration > field.most) return refuse(value);
  field.of(config) = *duration;
  return std::nullopt;
}

Result assign_to(const BytesField& field, const Node& value, Config& config) {
  if (value.kind != Kind::scalar) return refuse(value);
  const auto bytes = parse_bytes(value.text);
  if (!bytes || *bytes < field.least || *bytes > field.most) return refuse(value);
  field.of(config) = *bytes;
  return std::nullopt;
}

Result assign_to(const LevelField& field, const Node& value, Config& config) {
  if (value.kind != Kind::scalar) return refuse(value);
  std::string name = value.text;
  for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const auto known = std::find(kLevels.begin(), kLevels.end(), name);
  if (known == kLevels.end()) return refuse(value);
  field.of(config) = static_cast<silex_log_level>(known - kLevels.begin());
  return std::nullopt;
}

std::string bounds(const std::string& least, const std::string& most) {
  return "from " + least + " to " + most;
}

std::string allowed_for(const AddressField& /*field*/) {
  return "ws://host:port or wss://host:port";
}
std::string allowed_for(const ProxyField& /*field*/) {
  return "http://host:port, http://user:password@host:port, or ''";
}
std::string allowed_for(const UrlPathField& /*field*/) {
  return "a path that begins with '/'";
}
std::string allowed_for(const FilePathField& /*field*/) {
  return "a path, or '' for none";
}
std::string allowed_for(const FoldersField& /*field*/) {
  return "a list of folders";
}
std::string allowed_for(const HeadersField& /*field*/) {
  return "a mapping of headers to text, such as {X-Studio: north}";
}
std::string allowed_for(const FlagField& /*field*/) {
  return "true or false";
}
std::string allowed_for(const CountField& field) {
  return "a whole number " + bounds(std::to_string(field.least), std::to_string(field.most));
}
std::string allowed_for(const PartField& /*field*/) {
  return "a number from 0 to 1";
}
std::string allowed_for(const DurationField& field) {
  return "a duration such as 250ms, 2s or 1min, " + bounds(to_text(field.least), to_text(field.most));
}
std::string allowed_for(const BytesField& field) {
  return "a size such as 512KiB or 64MiB, " + bounds(bytes_to_text(field.least), bytes_to_text(field.most));
}
std::string allowed_for(const LevelField& /*field*/) {
  return yaml::any_of({kLevels.begin(), kLevels.end()});
}

std::string write_text(const std::string& text) {
  return text.empty() ? "''" : text;
}
std::string write_number(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g", number);
  return text.data();
}
std::string write(const FoldersField& field, Config& config) {
  std::string text;
  for (const std::string& folder : field.of(config)) text += (text.empty() ? "" : ", ") + write_text(folder);
  return "[" + text + "]";
}
std::string write(const HeadersField& field, Config& config) {
  std::string text;
  for (const auto& [name, value] : field.of(config)) {
    text += (text.empty() ? "" : ", ") + name + ": " + write_text(value);
  }
  return "{" + text + "}";
}
std::string write(const FlagField& field, Config& config) {
  return field.of(config) ? "true" : "false";
}
std::string write(const CountField& field, Config& config) {
  return std::to_string(field.of(config));
}
std::string write(const PartField& field, Config& config) {
  return write_number(field.of(config));
}
std::string write(const DurationField& field, Config& config) {
  return to_text(field.of(config));
}
std::string write(const BytesField& field, Config& config) {
  return bytes_to_text(field.of(config));
}
std::string write(const LevelField& field, Config& config) {
  return std::string(kLevels.at(static_cast<std::size_t>(field.of(config).value_or(SILEX_LOG_INFO))));
}
template <typename TextField>
std::string write(const TextField& field, Config& config) {
  return write_text(field.of(config));
}

}  // namespace

std::string allowed_in(const Field& field) {
  return std::visit([](const auto& known) { return allowed_for(known); }, field);
}

std::optional<Refusal> assign(const Field& field, const yaml::Node& value, Config& config) {
  return std::visit([&](const auto& known) { return assign_to(known, value, config); }, field);
}

std::string write_value(const Field& field, Config& config) {
  return std::visit([&](const auto& known) { return write(known, config); }, field);
}

}  // namespace silex::config
