// How a diff goes into an action. The service does the same, so both sides end with the same. Pure.
#pragma once

#include "net/codec/packet.hpp"

namespace silex::net {

// Objects merge key by key, at any depth; everything else, lists included, replaces. Nothing is removed.
void deep_merge(Json& into, const Json& diff);

// Whether a diff can tell that `before` is `now`: merged, it gives `now`. Where it can for each of several
// changes in a row, it can for all of them at once.
bool can_merge(const Json& before, const Json& now);

}  // namespace silex::net
