// What a user's answer changes in an action: the diff of an `update` from the service.
#pragma once

#include "action/model/action.hpp"

#include <string>
#include <vector>

namespace silex::action {

// Lays `diff` over the action: values, tooltips, and whether something is hidden, skipped or asked. Values
// are cast; one that does not fit changes nothing. No label, type, log or status changes, and nothing in a
// hidden command. Keys that mean nothing here are passed over, since a service may be newer. Returns a
// sentence for each value that was refused.
std::vector<std::string> apply_answer(Action& action, const Json& diff);

}  // namespace silex::action
