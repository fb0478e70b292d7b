#include "random_packet.hpp"

#include <cmath>
#include <cstring>

namespace silex::net::test {
namespace {

void append_utf8(std::string& text, std::uint32_t point) {
  const auto add = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (point < 0x80) {
    add(point);
  } else if (point < 0x800) {
    add(0xC0U | (point >> 6U));
    add(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    add(0xE0U | (point >> 12U));
    add(0x80U | ((point >> 6U) & 0x3FU));
    add(0x80U | (point & 0x3FU));
  } else {
    add(0xF0U | (point >> 18U));
    add(0x80U | ((point >> 12U) & 0x3FU));
    add(0x80U | ((point >> 6U) & 0x3FU));
    add(0x80U | (point & 0x3FU));
  }
}

}  // namespace

std::string RandomPackets::text() {
  std::string text;
  for (auto length = below(below(8) == 0 ? 100 : 12); length > 0; --length) {
    constexpr std::string_view awkward = "\"\\/\b\f\n\r\t\x01\x7f{}[],:";
    switch (below(5)) {
      case 0:
        text += awkward[below(awkward.size())];
        break;
      case 1: {
        auto point = static_cast<std::uint32_t>(below(0x110000));
        if (point >= 0xD800 && point <= 0xDFFF) point = 0xFFFD;
        append_utf8(text, point);
        break;
      }
      default:
        text += static_cast<char>('a' + below(26));
    }
  }
  return text;
}

Json RandomPackets::number() {
  switch (below(4)) {
    case 0:
      return below(1000);
    case 1:
      return random_();
    case 2:
      return -static_cast<std::int64_t>(below(std::uint64_t{1} << 62U)) - 1;
    default: {
      const std::uint64_t bits = random_();
      double number = 0;
      std::memcpy(&number, &bits, sizeof number);
      return std::isfinite(number) ? number : 0.5;
    }
  }
}

Json RandomPackets::object(int depth, bool binary) {
  Json object = Json::object();
  for (auto size = below(4); size > 0; --size) object[text()] = value(depth - 1, binary);
  return object;
}

Json RandomPackets::value(int depth, bool binary) {
  switch (below(depth > 0 ? 8 : 6)) {
    case 0:
      return nullptr;
    case 1:
      return below(2) == 0;
    case 2:
      return number();
    case 3:
      if (binary) {
        std::vector<std::uint8_t> bytes(below(10));
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random_());
        return Json::binary(std::move(bytes));
      }
      return number();
    case 4:
    case 5:
      return text();
    case 6: {
      Json array = Json::array();
      for (auto size = below(4); size > 0; --size) array.push_back(value(depth - 1, binary));
      return array;
    }
    default:
      return object(depth, binary);
  }
}

Arguments RandomPackets::arguments() {
  Arguments arguments;
  const bool binary = below(2) == 0;
  for (auto size = below(4); size > 0; --size) arguments.push_back(value(4, binary));
  return arguments;
}

socket_io::Packet RandomPackets::packet() {
  using socket_io::Type;
  socket_io::Packet packet;
  packet.type = static_cast<Type>(below(5));
  if (below(3) > 0) {
    packet.nsp += text();
    std::erase(packet.nsp, ',');
  }
  switch (packet.type) {
    case Type::connect:
      if (below(2) == 0) packet.data = object(4, false);
      break;
    case Type::disconnect:
      break;
    case Type::event:
      packet.name = text();
      packet.arguments = arguments();
      if (below(2) == 0) packet.id = below(below(2) == 0 ? 100 : socket_io::largest_id + 1);
      break;
    case Type::ack:
      packet.arguments = arguments();
      packet.id = below(1'000'000);
      break;
    case Type::connect_error:
      packet.data = below(2) == 0 ? object(4, false) : Json(text());
      break;
  }
  return packet;
}

}  // namespace silex::net::test
