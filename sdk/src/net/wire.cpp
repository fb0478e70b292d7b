#include "net/wire.hpp"

#include <stdexcept>

namespace silex::net::wire {
namespace {

void take_attachments(Json& value, std::vector<Frame>& attachments) {
  if (value.is_binary()) {
    auto& bytes = value.get_binary();
    const Json placeholder{{"_placeholder", true}, {"num", attachments.size()}};
    attachments.push_back({std::string(bytes.begin(), bytes.end()), true});
    value = placeholder;
  } else if (value.is_structured()) {
    for (auto& item : value) take_attachments(item, attachments);
  }
}
std::string header(char type, std::size_t attachments, const std::string& nsp,
                   std::optional<std::uint64_t> id) {
  std::string text = "4";
  text += type;
  if (attachments > 0) text += std::to_string(attachments) + "-";
  if (nsp != "/") text += nsp + ",";
  if (id) text += std::to_string(*id);
  return text;
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
  return header('0', 0, nsp, {}) + (auth.is_object() && !auth.empty() ? auth.dump() : "");
}
std::string disconnect_packet(const std::string& nsp) {
  return header('1', 0, nsp, {});
}
std::vector<Frame> event_packet(const std::string& nsp, const std::string& name, Arguments& arguments,
                                std::uint64_t ack_id) {
  Json array = Json::array({name});
  for (auto& a : arguments) array.push_back(std::move(a));
  std::vector<Frame> attachments;
  take_attachments(array, attachments);
  std::vector<Frame> all;
  all.push_back({header(attachments.empty() ? '2' : '5', attachments.size(), nsp,
                        ack_id != 0 ? std::optional(ack_id) : std::nullopt) +
                     array.dump(),
                 false});
  for (auto& a : attachments) all.push_back(std::move(a));
  return all;
}
std::vector<Frame> ack_packet(const std::string& nsp, std::uint64_t id, Arguments& arguments) {
  Json array = Json::array();
  for (auto& a : arguments) array.push_back(std::move(a));
  std::vector<Frame> attachments;
  take_attachments(array, attachments);
  std::vector<Frame> all;
  all.push_back({header(attachments.empty() ? '3' : '6', attachments.size(), nsp, id) + array.dump(), false});
  for (auto& a : attachments) all.push_back(std::move(a));
  return all;
}
struct Reader::Impl {
  std::optional<Packet> pending;
  Json data;
  std::size_t missing = 0;
  std::vector<Json> got;
};
Reader::Reader() : impl_(std::make_unique<Impl>()) {}
Reader::~Reader() = default;
void Reader::reset() {
  *impl_ = {};
}
static void fill(Json& value, std::vector<Json>& got) {
  if (value.is_object() && value.contains("_placeholder")) {
    value = std::move(got.at(value.at("num").get<std::size_t>()));
    return;
  }
  if (value.is_structured())
    for (auto& item : value) fill(item, got);
}
static Packet finish(Packet packet, Json data) {
  if (packet.type == Type::event || packet.type == Type::ack) {
    if (!data.is_array()) throw std::runtime_error("not an array");
    std::size_t i = 0;
    if (packet.type == Type::event) packet.name = data.at(i++).get<std::string>();
    for (; i < data.size(); ++i) packet.arguments.push_back(std::move(data[i]));
  } else
    packet.data = std::move(data);
  return packet;
}
std::optional<Packet> Reader::text(std::string_view text) {
  if (impl_->pending) throw std::runtime_error("text where an attachment was due");
  Packet packet;
  if (text.empty()) throw std::runtime_error("empty");
  static constexpr Type types[] = {Type::connect,       Type::disconnect, Type::event, Type::ack,
                                   Type::connect_error, Type::event,      Type::ack};
  if (text[0] < '0' || text[0] > '6') throw std::runtime_error("unknown type");
  packet.type = types[text[0] - '0'];
  std::size_t at = 1, attachments = 0;
  if (text[0] >= '5') {
    while (at < text.size() && text[at] != '-')
      attachments = attachments * 10 + static_cast<std::size_t>(text[at++] - '0');
    ++at;
  }
  packet.nsp = "/";
  if (at < text.size() && text[at] == '/') {
    auto c = std::min(text.find(',', at), text.size());
    packet.nsp = text.substr(at, c - at);
    at = c + 1;
  }
  std::uint64_t id = 0;
  bool has = false;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
    id = id * 10 + static_cast<std::uint64_t>(text[at++] - '0');
    has = true;
  }
  if (has) packet.ack_id = id;
  Json data;
  if (at < text.size()) data = Json::parse(text.substr(at));
  if (attachments > 0) {
    impl_->pending = std::move(packet);
    impl_->data = std::move(data);
    impl_->missing = attachments;
    return std::nullopt;
  }
  return finish(std::move(packet), std::move(data));
}
std::optional<Packet> Reader::binary(std::string_view bytes) {
  if (!impl_->pending) throw std::runtime_error("an attachment without its packet");
  impl_->got.push_back(Json::binary(std::vector<std::uint8_t>(bytes.begin(), bytes.end())));
  if (impl_->got.size() < impl_->missing) return std::nullopt;
  fill(impl_->data, impl_->got);
  Packet p = finish(std::move(*impl_->pending), std::move(impl_->data));
  reset();
  return p;
}
}  // namespace silex::net::wire
