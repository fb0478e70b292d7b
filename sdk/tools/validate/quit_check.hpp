// The last check, which ends with its host: whether the adapter tells of that end.
#pragma once

#include "bench.hpp"

namespace silex::validate {

Routine quit_check(Bench& bench);

}  // namespace silex::validate
