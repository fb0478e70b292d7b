// The JSON Schema that lets editors complete and check definitions: made of the table of keys.
#pragma once

#include <string>

namespace silex::action {

std::string definition_schema();

}  // namespace silex::action
