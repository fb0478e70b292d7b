// How a diff goes into an action. The service does the same, so both sides end with the same. Pure.
#pragma once

#include "net/codec/packet.hpp"

namespace silex::net {

// Objects merge key by key, at any depth; everything else, lists included, replaces. Nothing is removed.
void deep_merge(Json& into, const Json& diff);

}  // namespace silex::net
