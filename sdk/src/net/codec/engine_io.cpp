#include "net/codec/engine_io.hpp"

#include "net/codec/json_number.hpp"
#include "net/codec/json_reader.hpp"
#include "net/codec/json_writer.hpp"
#include "net/codec/malformed.hpp"

#include <limits>
#include <utility>

namespace silex::net::engine_io {
namespace {

constexpr std::string_view subject = "the Engine.IO packet";
constexpr std::string_view handshake_subject = "the Engine.IO hand-shake";

[[noreturn]] void refuse_member(const char* name, const char* expected) {
  throw CodecError(CodecFault::malformed, std::string(handshake_subject) + " is malformed: its \"" + name +
                                              "\" must be " + expected);
}

std::chrono::milliseconds interval(const Json& said, const char* name) {
  const auto found = said.find(name);
  const auto most = static_cast<std::uint64_t>(longest_interval.count());
  if (found == said.end() || !found->is_number_unsigned() || found->get<std::uint64_t>() == 0 ||
      found->get<std::uint64_t>() > most) {
    refuse_member(name, "a number of milliseconds from 1 to 2147483647");
  }
  return std::chrono::milliseconds(found->get<std::int64_t>());
}

}  // namespace

Packet decode(std::string_view text_frame) {
  constexpr std::string_view types = "a type from '0' to '6'";
  if (text_frame.empty()) refuse(subject, text_frame, 0, types);
  const char type = text_frame.front();
  if (type == 'b') {
    refuse(subject, text_frame, 0,
           std::string(types) + " (base64 belongs to polling, here binary frames do it)");
  }
  if (type < '0' || type > '6') refuse(subject, text_frame, 0, types);
  const Packet packet{static_cast<Type>(type), text_frame.substr(1)};
  const bool carries_data = packet.type == Type::open || packet.type == Type::ping ||
                            packet.type == Type::pong || packet.type == Type::message;
  if (!carries_data && !packet.data.empty()) {
    refuse(subject, text_frame, 1, "the end, as close, upgrade and noop carry no data");
  }
  return packet;
}

void append(std::string& out, Type type, std::string_view data) {
  out += static_cast<char>(type);
  out.append(data);
}

Handshake decode_handshake(std::string_view json) {
  JsonReader reader(json, 0, handshake_subject);
  if (reader.peek() != '{') reader.refuse("'{'");
  const Json said = reader.value();
  reader.end();
  Handshake handshake;
  const auto sid = said.find("sid");
  if (sid == said.end() || !sid->is_string() || sid->get_ref<const std::string&>().empty()) {
    refuse_member("sid", "a text that is not empty");
  }
  handshake.sid = sid->get<std::string>();
  if (const auto upgrades = said.find("upgrades"); upgrades != said.end()) {
    if (!upgrades->is_array()) refuse_member("upgrades", "a list of texts");
    for (const Json& upgrade : *upgrades) {
      if (!upgrade.is_string()) refuse_member("upgrades", "a list of texts");
      handshake.upgrades.push_back(upgrade.get<std::string>());
    }
  }
  handshake.ping_interval = interval(said, "pingInterval");
  handshake.ping_timeout = interval(said, "pingTimeout");
  // Servers older than engine.io 6.1 do not say it.
  if (const auto payload = said.find("maxPayload"); payload != said.end()) {
    if (!payload->is_number_unsigned()) refuse_member("maxPayload", "a number of bytes");
    handshake.max_payload = payload->get<std::uint64_t>();
  }
  return handshake;
}

void append_handshake(std::string& out, const Handshake& handshake) {
  const std::size_t before = out.size();
  try {
    out += R"({"sid":)";
    write_json_string(out, handshake.sid);
    out += R"(,"upgrades":[)";
    for (const std::string& upgrade : handshake.upgrades) {
      if (out.back() != '[') out += ',';
      write_json_string(out, upgrade);
    }
    out += R"(],"pingInterval":)";
    append_number(out, std::int64_t{handshake.ping_interval.count()});
    out += R"(,"pingTimeout":)";
    append_number(out, std::int64_t{handshake.ping_timeout.count()});
    if (handshake.max_payload > 0) {
      out += R"(,"maxPayload":)";
      append_number(out, handshake.max_payload);
    }
    out += '}';
  } catch (const CodecError& wrong) {
    out.resize(before);
    throw CodecError(wrong.fault(), "the Engine.IO hand-shake cannot be sent: " + std::string(wrong.what()));
  }
}

}  // namespace silex::net::engine_io
