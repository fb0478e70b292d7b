#include "net/wire.hpp"

#include "net/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace silex::net::wire {
namespace {

// Engine.IO's "message", then Socket.IO's type, attachments, namespace and acknowledgement.
std::string header(char type, std::size_t attachments, std::string_view nsp, std::optional<std::uint64_t> id,
                   std::size_t room = 0) {
  std::string text;
  text.reserve(room + nsp.size() + 32);
  text += '4';
  text += type;
  if (attachments > 0) text.append(std::to_string(attachments)).append("-");
  if (nsp != "/") text.append(nsp).append(",");
  if (id) text += std::to_string(*id);
  return text;
}

std::vector<Frame> frames(char type, char binary_type, const std::string& nsp,
                          std::optional<std::uint64_t> id, const std::string* name,
                          const Arguments& arguments) {
  JsonExtent extent;
  for (const Json& argument : arguments) {
    const JsonExtent part = extent_of(argument);
    extent.text += part.text;
    extent.binaries += part.binaries;
  }
  if (name != nullptr) extent.text += name->size();
  std::string text = header(extent.binaries > 0 ? binary_type : type, extent.binaries, nsp, id, extent.text);
  std::vector<std::string> attachments;
  text += '[';
  if (name != nullptr) append_json_string(text, *name);
  for (const Json& argument : arguments) {
    if (text.back() != '[') text += ',';
    append_json(text, argument, attachments);
  }
  text += ']';
  std::vector<Frame> all;
  all.reserve(1 + attachments.size());
  all.push_back({std::move(text), false});
  for (std::string& attachment : attachments) all.push_back({std::move(attachment), true});
  return all;
}

}  // namespace

std::string Packet::session(const char* key) const {
  if (!data.is_object()) return {};
  const auto found = data.find(key);
  return found != data.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string Packet::message() const {
  if (data.is_string()) return data.get<std::string>();
  const std::string text = session("message");
  return text.empty() ? data.dump() : text;
}

std::string connect_packet(const std::string& nsp, const Json& auth) {
  std::string text = header('0', 0, nsp, {});
  std::vector<std::string> attachments;
  if (auth.is_object() && !auth.empty()) append_json(text, auth, attachments);
  return text;
}

std::string disconnect_packet(const std::string& nsp) {
  return header('1', 0, nsp, {});
}

std::vector<Frame> event_packet(const std::string& nsp, const std::string& name, const Arguments& arguments,
                                std::uint64_t ack_id) {
  return frames('2', '5', nsp, ack_id != 0 ? std::optional(ack_id) : std::nullopt, &name, arguments);
}

std::vector<Frame> ack_packet(const std::string& nsp, std::uint64_t id, const Arguments& arguments) {
  return frames('3', '6', nsp, id, nullptr, arguments);
}

}  // namespace silex::net::wire
