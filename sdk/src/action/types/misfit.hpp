// Why a value does not fit.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace silex::action {

using Json = nlohmann::json;
// Where the order of keys means something.
using OrderedJson = nlohmann::ordered_json;

struct Misfit {
  std::string found;    // "the text 'x'"
  std::string allowed;  // "a whole number"
};

// "the number 12", "a list": for a misfit.
std::string describe(const Json& value);

}  // namespace silex::action
