// ParameterType::cast() and what it consists of.
#include "action/types/frame_set.hpp"
#include "action/types/parameter_type.hpp"
#include "yaml/finding.hpp"
#include "yaml/scalar.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace silex::action {

namespace {

// Whole numbers up to here are exact as double.
constexpr std::int64_t kExact = std::int64_t{1} << 53U;

// A text that is a number is decimal, as people type it and as Python's int() and float() read it: 010 is
// ten. What stood in YAML without quotes is no text where it is a number there.
template <typename Number>
std::optional<Number> decimal(std::string_view text) {
  const auto is_digit = [&](std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
  };
  std::string bare;
  for (std::size_t i = text.starts_with('+') && !text.starts_with("+-") ? 1 : 0; i < text.size(); ++i) {
    const bool is_between = text[i] == '_' && i > 0 && is_digit(i - 1) && is_digit(i + 1);
    if (!is_between) bare += text[i];
  }
  Number number{};
  const auto [end, error] = std::from_chars(bare.data(), bare.data() + bare.size(), number);
  return error == std::errc() && end == bare.data() + bare.size() ? std::optional(number) : std::nullopt;
}

std::optional<std::int64_t> to_whole(const Json& value) {
  if (value.is_number_unsigned()) {
    const auto number = value.get<std::uint64_t>();
    if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
    return static_cast<std::int64_t>(number);
  }
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number_float()) {
    const auto number = value.get<double>();
    if (std::abs(number) <= static_cast<double>(kExact) && number == std::trunc(number))
      return static_cast<std::int64_t>(number);
    return std::nullopt;
  }
  return value.is_string() ? decimal<std::int64_t>(value.get_ref<const std::string&>()) : std::nullopt;
}

std::optional<double> to_number(const Json& value) {
  if (value.is_boolean()) return std::nullopt;
  if (const auto whole = to_whole(value)) {
    const bool is_exact = *whole <= kExact && *whole >= -kExact;
    return is_exact ? std::optional(static_cast<double>(*whole)) : std::nullopt;
  }
  std::optional<double> number;
  if (value.is_number_float()) number = value.get<double>();
  if (value.is_string()) number = decimal<double>(value.get_ref<const std::string&>());
  // JSON has no infinity.
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<bool> to_truth(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_string()) return yaml::to_boolean(value.get_ref<const std::string&>());
  if (value == 0 || value == 1) return value == 1;
  return std::nullopt;
}

std::optional<std::string> to_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number() || value.is_boolean()) return value.dump();
  return std::nullopt;
}

std::optional<std::string> to_frames(const Json& value) {
  if (value.is_array()) {
    std::vector<std::int64_t> frames;
    for (const Json& item : value) {
      const auto frame = to_whole(item);
      if (!frame || !FrameSet::parse(std::to_string(*frame))) return std::nullopt;
      frames.push_back(*frame);
    }
    return FrameSet(frames).text();
  }
  const auto text = value.is_boolean() ? std::nullopt : to_text(value);
  const auto frames = text ? FrameSet::parse(*text) : std::nullopt;
  return frames ? std::optional(frames->text()) : std::nullopt;
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

template <typename Value>
bool put(std::optional<Value> cast, Json& value) {
  if (!cast) return false;
  value = *std::move(cast);
  return true;
}

}  // namespace

std::string describe(const Json& value) {
  switch (value.type()) {
    case Json::value_t::null:
      return "nothing";
    case Json::value_t::object:
      return "a mapping";
    case Json::value_t::array:
      return "a list";
    case Json::value_t::string:
      return "the text " + yaml::in_quotes(value.get_ref<const std::string&>());
    case Json::value_t::boolean:
      return "the truth value " + value.dump();
    default:
      return "the number " + value.dump();
  }
}

Misfit ParameterType::misfit(const Json& value) const {
  return {describe(value), allowed()};
}

std::optional<Misfit> ParameterType::cast(Json& value) const {
  if (value.is_null()) return std::nullopt;
  switch (kind_) {
    case TypeKind::list:
    case TypeKind::editable_list:
    case TypeKind::whole_array:
    case TypeKind::multiple_select:
      return cast_list(value);
    case TypeKind::path:
    case TypeKind::task_file:
      return is_multiple() ? cast_list(value) : cast_one(value);
    case TypeKind::dictionary:
      return cast_mapping(value);
    default:
      return cast_one(value);
  }
}

// Of a list, one item.
std::optional<Misfit> ParameterType::cast_one(Json& value) const {
  bool good = true;
  switch (kind_) {
    case TypeKind::text:
      return cast_text(value);
    case TypeKind::whole:
    case TypeKind::whole_array:
      good = put(to_whole(value), value);
      break;
    case TypeKind::number:
      good = put(to_number(value), value);
      break;
    case TypeKind::truth:
      good = put(to_truth(value), value);
      break;
    case TypeKind::path:
    case TypeKind::task_file:
    case TypeKind::task:
    case TypeKind::shown_text:
      good = put(to_text(value), value);
      break;
    case TypeKind::frame_set:
      good = put(to_frames(value), value);
      break;
    case TypeKind::select:
    case TypeKind::radio_select:
    case TypeKind::multiple_select:
      return cast_choice(value);
    case TypeKind::range:
      return cast_range(value);
    case TypeKind::list:
    case TypeKind::editable_list:
      return parts_.front().cast(value);
    case TypeKind::any:
    case TypeKind::dictionary:
      break;
  }
  return good ? std::nullopt : std::optional(misfit(value));
}

std::optional<Misfit> ParameterType::cast_list(Json& value) const {
  if (value.is_object() && kind_ != TypeKind::list && kind_ != TypeKind::editable_list) return misfit(value);
  Json list = value.is_array() ? value : Json::array({value});
  if (kind_ == TypeKind::whole_array && list.size() != option("size").get<std::size_t>()) {
    return Misfit{value.is_array() ? "a list of " + std::to_string(list.size()) : describe(value), allowed()};
  }
  for (Json& item : list) {
    const bool is_any = part_type() && part_type()->kind() == TypeKind::any;
    if (item.is_null() && !is_any) return Misfit{"nothing in a list", allowed()};
    if (auto misfit = cast_one(item)) return misfit;
  }
  value = std::move(list);
  return std::nullopt;
}

std::optional<Misfit> ParameterType::cast_mapping(Json& value) const {
  if (!value.is_object()) return misfit(value);
  Json mapping = Json::object();
  for (const auto& [name, item] : value.items()) {
    Json key = name;
    if (auto misfit = parts_.front().cast(key)) return misfit;
    Json part = item;
    if (auto misfit = parts_.back().cast(part)) return misfit;
    // Keys are text in JSON, whatever they mean.
    mapping[key.is_string() ? key.get<std::string>() : key.dump()] = std::move(part);
  }
  value = std::move(mapping);
  return std::nullopt;
}

std::optional<Misfit> ParameterType::cast_choice(Json& value) const {
  const auto is_same = [&](const Choice& choice) { return choice.second == value; };
  if (std::any_of(choices_.begin(), choices_.end(), is_same)) return std::nullopt;
  const auto text = to_text(value);
  const auto like = std::find_if(choices_.begin(), choices_.end(), [&](const Choice& choice) {
    return text && to_text(choice.second) == text;
  });
  if (like == choices_.end()) return misfit(value);
  value = like->second;
  return std::nullopt;
}

std::optional<Misfit> ParameterType::cast_range(Json& value) const {
  Json number = value;
  if (!put(to_whole(value), number) && !put(to_number(value), number)) return misfit(value);
  if (number < option("start") || number > option("end")) return misfit(value);
  value = std::move(number);
  return std::nullopt;
}

std::optional<Misfit> ParameterType::cast_text(Json& value) const {
  auto text = to_text(value);
  if (!text) return misfit(value);
  const auto longest = options_.find("maxLenght");
  if (longest != options_.end() && !longest->is_null() && characters(*text) > longest->get<std::size_t>()) {
    return misfit(value);
  }
  value = *std::move(text);
  return std::nullopt;
}

}  // namespace silex::action
