// JSON whose objects keep the order of their members: steps, commands and parameters are shown in it.
#pragma once

#include "net/codec/json.hpp"

namespace silex::action {

using Json = net::Json;

}  // namespace silex::action
