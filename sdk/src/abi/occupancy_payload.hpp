// What users are told of the threads' work: the event "metrics" of sdk/docs/front_events.md.
#pragma once

#include "action/run/action_table.hpp"
#include "net/codec/json.hpp"
#include "runtime/occupancy_sampler.hpp"

namespace silex::abi {

// Without "uuid", which each session adds. Commands that have ended are forgotten by `actions`.
net::Json occupancy_payload(const OccupancyReport& report, action::ActionTable& actions);

}  // namespace silex::abi
