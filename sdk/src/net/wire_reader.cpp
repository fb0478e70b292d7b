#include "net/json_text.hpp"
#include "net/wire.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace silex::net::wire {
namespace {

constexpr std::size_t most_attachments = 10'000;

[[noreturn]] void refuse(const char* why) {
  throw std::runtime_error(why);
}

// Takes the digits at the start of `text`.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc::result_out_of_range) refuse("a number in it is too large");
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

std::string take_namespace(std::string_view& text) {
  if (text.empty() || text.front() != '/') return "/";
  const auto comma = std::min(text.find(','), text.size());
  std::string nsp(text.substr(0, comma));
  text.remove_prefix(std::min(comma + 1, text.size()));
  return nsp;
}

// Puts the attachments where their placeholders stand.
void fill(Json& value, std::vector<Json>& attachments) {
  if (value.is_object()) {
    const auto number = value.find("num");
    if (value.contains("_placeholder") && number != value.end() && number->is_number_unsigned()) {
      const auto index = number->get<std::size_t>();
      if (index >= attachments.size()) refuse("it names an attachment that it does not have");
      Json attachment = attachments[index];
      value = std::move(attachment);
      return;
    }
  }
  if (value.is_structured()) {
    for (Json& item : value) fill(item, attachments);
  }
}

void take_data(Packet& packet, std::string_view text) {
  if (packet.type != Type::event && packet.type != Type::ack) {
    if (!text.empty()) packet.data = parse_json(text);
    return;
  }
  packet.arguments = parse_json_list(text);
  if (packet.type == Type::ack) {
    if (!packet.ack_id) refuse("an acknowledgement in it has no number");
    return;
  }
  if (packet.arguments.empty() || !(packet.arguments[0].is_string() || packet.arguments[0].is_number())) {
    refuse("an event in it has no name");
  }
  Json& name = packet.arguments[0];
  packet.name = name.is_string() ? std::move(name.get_ref<std::string&>()) : name.dump();
  packet.arguments.erase(packet.arguments.begin());
}

}  // namespace

struct Reader::Impl {
  std::optional<Packet> waiting;  // for attachments
  std::size_t missing = 0;
  std::vector<Json> attachments;
};

Reader::Reader() : impl_(std::make_unique<Impl>()) {}
Reader::~Reader() = default;
void Reader::reset() {
  *impl_ = {};
}

std::optional<Packet> Reader::text(std::string_view text) {
  static constexpr std::array types{Type::connect,       Type::disconnect, Type::event, Type::ack,
                                    Type::connect_error, Type::event,      Type::ack};
  if (impl_->waiting) refuse("an attachment was due");
  if (text.empty() || text.front() < '0' || text.front() > '6') refuse("its type is unknown");
  const bool binary = text.front() >= '5';
  Packet packet;
  packet.type = types[static_cast<std::size_t>(text.front() - '0')];
  text.remove_prefix(1);
  std::size_t attachments = 0;
  if (binary) {
    const auto count = take_number(text);
    if (!count || *count > most_attachments || text.empty() || text.front() != '-')
      refuse("its attachments are unclear");
    attachments = *count;
    text.remove_prefix(1);
  }
  packet.nsp = take_namespace(text);
  packet.ack_id = take_number(text);
  take_data(packet, text);
  if (attachments > 0) {
    impl_->waiting = std::move(packet);
    impl_->missing = attachments;
    return std::nullopt;
  }
  return packet;
}

std::optional<Packet> Reader::binary(std::string_view bytes) {
  if (!impl_->waiting) refuse("an attachment came without its packet");
  impl_->attachments.push_back(Json::binary(std::vector<std::uint8_t>(bytes.begin(), bytes.end())));
  if (impl_->attachments.size() < impl_->missing) return std::nullopt;
  Packet packet = std::move(*impl_->waiting);
  for (Json& argument : packet.arguments) fill(argument, impl_->attachments);
  reset();
  return packet;
}

}  // namespace silex::net::wire
