// How one mapping is laid over another: the one rule of merging, for !inherit, tasks and answers. Pure
// functions.
#pragma once

#include "yaml/node.hpp"

namespace silex::action {

// Mappings merge key by key, recursively; an empty mapping changes nothing; everything else, lists included,
// replaces. What is the same in both trees is shared.
yaml::NodePtr patched(const yaml::NodePtr& base, const yaml::NodePtr& over);

}  // namespace silex::action
