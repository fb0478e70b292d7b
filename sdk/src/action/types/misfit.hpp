// Why a value does not fit.
#pragma once

#include "action/json.hpp"

#include <string>

namespace silex::action {

struct Misfit {
  std::string found;    // "the text 'x'"
  std::string allowed;  // "a whole number"
};

// "the number 12", "a list": for a misfit.
std::string describe(const Json& value);

}  // namespace silex::action
