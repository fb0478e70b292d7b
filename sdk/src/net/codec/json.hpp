// The JSON of this tree: its objects keep the order of their members. Binary data are Json::binary values.
#pragma once

#include "net/codec/ordered_object.hpp"

#include <nlohmann/json.hpp>

namespace silex::net {

using Json = nlohmann::basic_json<OrderedObject>;

}  // namespace silex::net
