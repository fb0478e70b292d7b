#include "net/codec/placeholders.hpp"

#include "net/codec/codec_error.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace silex::net::socket_io {
namespace {

bool is_placeholder(const Json& value) {
  if (!value.is_object()) return false;
  const auto mark = value.find("_placeholder");
  return mark != value.end() && mark->is_boolean() && mark->get_ref<const bool&>();
}

// JavaScript does not tell 1 and 1.0 apart.
std::optional<std::uint64_t> whole_number(const Json& value) {
  if (value.is_number_unsigned()) return value.get<std::uint64_t>();
  if (value.is_number_integer() && value.get<std::int64_t>() == 0) return 0;  // written as -0
  if (!value.is_number_float()) return std::nullopt;
  const auto number = value.get<double>();
  if (number < 0 || number > static_cast<double>(largest_id) || number != std::floor(number))
    return std::nullopt;
  return static_cast<std::uint64_t>(number);
}

struct Place {
  Json* value;
  std::size_t attachment;
};

class Search {
 public:
  explicit Search(std::size_t attachments) : uses_(attachments) {}

  // As deep as the parser lets a text be.
  void look(Json& value) {
    if (is_placeholder(value)) {
      const std::size_t attachment = index(value);
      ++uses_[attachment];
      places_.push_back({&value, attachment});
    } else if (value.is_structured()) {
      for (Json& item : value) look(item);
    }
  }

  void fill(std::vector<Json::binary_t>& attachments, std::size_t taken, std::size_t allowed) {
    for (const Place& place : places_) {
      Json::binary_t& bytes = attachments[place.attachment];
      const bool again = --uses_[place.attachment] > 0;
      if (again && bytes.size() > allowed - taken) {
        throw CodecError(CodecFault::too_large, "the Socket.IO packet names attachment " +
                                                    std::to_string(place.attachment) +
                                                    " so often that it takes more than the " +
                                                    std::to_string(allowed) + " bytes that are allowed");
      }
      if (again) {
        taken += bytes.size();
        *place.value = Json::binary(bytes);
      } else {
        *place.value = Json::binary(std::move(static_cast<Json::binary_t::container_type&>(bytes)));
      }
    }
  }

 private:
  std::size_t index(const Json& placeholder) const {
    const auto named = placeholder.find("num");
    const auto number = named != placeholder.end() ? whole_number(*named) : std::nullopt;
    if (number && *number < uses_.size()) return static_cast<std::size_t>(*number);
    throw CodecError(
        CodecFault::malformed,
        "the Socket.IO packet is malformed: the \"num\" of a placeholder must be a whole number below " +
            std::to_string(uses_.size()) + ", the number of its attachments");
  }

  std::vector<std::size_t> uses_;
  std::vector<Place> places_;
};

}  // namespace

void fill_placeholders(Arguments& arguments, std::vector<Json::binary_t>& attachments, std::size_t taken,
                       std::size_t allowed) {
  Search search(attachments.size());
  for (Json& argument : arguments) search.look(argument);
  search.fill(attachments, taken, allowed);
}

}  // namespace silex::net::socket_io
