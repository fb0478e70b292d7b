// What a user's answer changes in an action: the diff of an `update` from the service.
#pragma once

#include "action/model/action.hpp"

#include <functional>
#include <string>
#include <vector>

namespace silex::action {

// One member that an answer has changed. What it is a member of is the last of these that is not null, or the
// action.
struct Change {
  const Step* step = nullptr;
  const Command* command = nullptr;
  const Parameter* parameter = nullptr;
  const char* member = nullptr;
  Json value;
  Json before;  // of a value
};

// Lays `diff` over the action: values, tooltips, and whether something is hidden, skipped or asked. Mappings
// are merged key by key, as the service merges them. Values are cast; one that does not fit changes nothing.
// No label, type, log or status changes, and nothing in a hidden command. Keys that mean nothing here are
// passed over, since a service may be newer. Returns a sentence for each value that was refused; tells
// `changed` of each member that is another one now.
std::vector<std::string> apply_answer(
    Action& action, const Json& diff,
    const std::function<void(const Change&)>& changed = [](const Change&) {});

}  // namespace silex::action
