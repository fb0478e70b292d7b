#include "net/codec/socket_io_decode.hpp"

#include "net/codec/json_reader.hpp"
#include "net/codec/malformed.hpp"
#include "net/codec/placeholders.hpp"

#include <string>
#include <utility>

namespace silex::net::socket_io {
namespace {

constexpr std::string_view subject = "the Socket.IO packet";

// A number is as good as a text: JavaScript's emitters turn it into one.
std::string event_name(JsonReader& reader, std::string_view text) {
  const char first = reader.peek();
  if (first != '"' && first != '-' && (first < '0' || first > '9')) {
    reader.refuse("the event's name, a text or a number");
  }
  const std::size_t at = reader.at();
  Json name = reader.value();
  if (!name.is_string()) {
    std::string number = name.dump();
    if (number.ends_with(".0")) number.resize(number.size() - 2);
    return number;
  }
  auto& given = name.get_ref<std::string&>();
  if (is_reserved_event(given))
    refuse(subject, text, at, "an event's name that Socket.IO does not keep for itself");
  return std::move(given);
}

void read_payload(Packet& packet, std::string_view text, const Header& header) {
  JsonReader reader(text, text.size() - header.payload.size(), subject);
  switch (packet.type) {
    case Type::connect:
    case Type::connect_error:
      if (!header.payload.empty()) packet.data = reader.value();
      break;
    case Type::disconnect:
      break;
    case Type::event:
      reader.take('[');
      packet.name = event_name(reader, text);
      reader.take(',') ? reader.more_items(packet.arguments) : reader.expect(']', "',' or ']'");
      break;
    case Type::ack:
      reader.take('[');
      reader.items(packet.arguments);
      break;
  }
  reader.end();
}

std::string described(const Packet& packet) {
  if (packet.type == Type::event) return "the event " + excerpt(packet.name);
  return "the acknowledgement " + std::to_string(packet.id.value_or(0));
}

}  // namespace

void Decoder::reset() {
  waiting_ = {};
  missing_ = 0;
  bytes_ = 0;
  attachments_.clear();
}

void Decoder::count(std::size_t bytes) {
  if (bytes > limits_.max_bytes - bytes_) {
    throw CodecError(CodecFault::too_large, std::string(subject) + " takes more than the " +
                                                std::to_string(limits_.max_bytes) +
                                                " bytes that are allowed, its attachments counted");
  }
  bytes_ += bytes;
}

std::optional<Packet> Decoder::text(std::string_view text) {
  return resetting([&] { return begin(text); });
}

std::optional<Packet> Decoder::attachment(std::string_view bytes) {
  return resetting([&] { return go_on(bytes); });
}

// Whatever is thrown, allocation failures included, ends the packet in progress.
template <typename Step>
std::optional<Packet> Decoder::resetting(Step step) {
  std::optional<Packet> packet;
  try {
    packet = step();
  } catch (...) {
    reset();
    throw;
  }
  if (missing_ == 0) reset();
  return packet;
}

std::optional<Packet> Decoder::begin(std::string_view text) {
  if (missing_ > 0) {
    throw CodecError(CodecFault::out_of_order, "a text came where " + std::to_string(missing_) +
                                                   " more attachments of " + described(waiting_) +
                                                   " were expected");
  }
  count(text.size());
  const Header header = read_header(text);
  if (header.attachments > limits_.max_attachments) {
    throw CodecError(CodecFault::too_large,
                     std::string(subject) + " is refused at byte 1: it announces " +
                         std::to_string(header.attachments) + " attachments, and " +
                         std::to_string(limits_.max_attachments) + " are allowed",
                     1);
  }
  Packet packet;
  packet.type = header.type;
  packet.nsp = header.nsp;
  packet.id = header.id;
  read_payload(packet, text, header);
  if (header.attachments == 0) return packet;
  waiting_ = std::move(packet);
  missing_ = header.attachments;
  return std::nullopt;
}

std::optional<Packet> Decoder::go_on(std::string_view bytes) {
  if (missing_ == 0) {
    throw CodecError(CodecFault::out_of_order,
                     "an attachment came that belongs to no packet; a text was expected");
  }
  count(bytes.size());
  const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  attachments_.emplace_back(Json::binary_t::container_type(data, data + bytes.size()));
  if (--missing_ > 0) return std::nullopt;
  fill_placeholders(waiting_.arguments, attachments_, bytes_, limits_.max_bytes);
  return std::move(waiting_);
}

}  // namespace silex::net::socket_io
