// What a session takes from its user and from the service, looked at before anything is done with it. Pure.
#pragma once

#include "net/event.hpp"

#include <optional>
#include <string>

namespace silex::net::session_input {

// The uuid, of what is complete and can go over the wire; otherwise std::invalid_argument.
std::string context_uuid(const Json& context);
std::string action_uuid(const Json& action);
std::string diff_uuid(const Json& diff);

// The string at `key` of an object, "" when there is none.
std::string text(const Json& object, const char* key);

// The service's own message when it answered with a status other than 200.
std::optional<std::string> refusal(const Ack& ack);

}  // namespace silex::net::session_input
