#include "net/wire.hpp"

#include "net/codec/engine_io.hpp"
#include "net/codec/socket_io_encode.hpp"

namespace silex::net::wire {
namespace {

constexpr char engine_io_message = static_cast<char>(engine_io::Type::message);

std::vector<Frame> frames(std::string text, const socket_io::Attachments& attachments) {
  std::vector<Frame> all;
  all.reserve(1 + attachments.size());
  all.push_back({std::move(text), false});
  for (const std::string_view attachment : attachments) all.push_back({std::string(attachment), true});
  return all;
}

}  // namespace

std::string connect_packet(const std::string& nsp, const Json& auth) {
  std::string text(1, engine_io_message);
  const bool nothing = auth.is_object() && auth.empty();
  socket_io::append_connect(text, nsp, nothing ? Json() : auth);
  return text;
}

std::string disconnect_packet(const std::string& nsp) {
  std::string text(1, engine_io_message);
  socket_io::append_disconnect(text, nsp);
  return text;
}

std::vector<Frame> event_packet(const std::string& nsp, const std::string& name, const Arguments& arguments,
                                std::uint64_t ack_id) {
  constexpr std::size_t usual = 256;  // most events grow no further
  std::string text;
  text.reserve(nsp.size() + name.size() + usual);
  text += engine_io_message;
  socket_io::Attachments attachments;
  const auto id = ack_id != 0 ? std::optional(ack_id) : std::nullopt;
  socket_io::append_event(text, attachments, nsp, id, name, arguments);
  return frames(std::move(text), attachments);
}

std::vector<Frame> ack_packet(const std::string& nsp, std::uint64_t id, const Arguments& arguments) {
  std::string text(1, engine_io_message);
  socket_io::Attachments attachments;
  socket_io::append_ack(text, attachments, nsp, id, arguments);
  return frames(std::move(text), attachments);
}

std::string session(const socket_io::Packet& connect, const char* key) {
  if (!connect.data.is_object()) return {};
  const auto found = connect.data.find(key);
  return found != connect.data.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string message(const socket_io::Packet& connect_error) {
  if (connect_error.data.is_string()) return connect_error.data.get<std::string>();
  const std::string text = session(connect_error, "message");
  return text.empty() ? connect_error.data.dump() : text;
}

}  // namespace silex::net::wire
