#include "net/session_input.hpp"

#include "net/codec/codec_error.hpp"
#include "net/wire.hpp"

#include <stdexcept>

namespace silex::net::session_input {
namespace {

// One value that cannot be encoded would keep every later snapshot from being sent.
std::string uuid_of(const Json& value, const std::string& what) {
  std::string uuid = value.is_object() ? text(value, "uuid") : "";
  if (uuid.empty())
    throw std::invalid_argument(what + " needs to be an object with a \"uuid\" that is a text");
  try {
    wire::event_packet("/dcc/action", "update", {value}, 0);
  } catch (const CodecError& wrong) {
    throw std::invalid_argument(what + " " + uuid + " cannot be sent: " + wrong.what());
  }
  return uuid;
}

}  // namespace

std::string text(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string context_uuid(const Json& context) {
  return uuid_of(context, "the context");
}

std::string action_uuid(const Json& action) {
  std::string uuid = uuid_of(action, "an action");
  const auto metadata = action.find("context_metadata");
  if (metadata == action.end() || !metadata->is_object() || text(*metadata, "uuid").empty())
    throw std::invalid_argument("the action " + uuid + " needs \"context_metadata\" with the context's uuid");
  return uuid;
}

std::string diff_uuid(const Json& diff) {
  return uuid_of(diff, "an update");
}

std::optional<std::string> refusal(const Ack& ack) {
  if (ack.status != AckStatus::acknowledged || ack.arguments.empty() || !ack.arguments.front().is_object())
    return std::nullopt;
  const Json& answer = ack.arguments.front();
  const auto status = answer.find("status");
  if (status == answer.end() || !status->is_number() || *status == 200) return std::nullopt;
  const std::string message = text(answer, "msg");
  return message.empty() ? "status " + status->dump() + " without a message" : message;
}

}  // namespace silex::net::session_input
