// An action as the service knows it. Pure functions.
#pragma once

#include "action/model/action.hpp"

#include <vector>

namespace silex::action {

// The whole action: hidden steps and commands, and lines of DEBUG, are left out. Hidden parameters are sent.
Json to_wire(const Action& action);
Json to_wire(const Step& step);
Json to_wire(const Command& command);
Json to_wire(const std::vector<LogLine>& logs);
// Of a value that is a command's output, the text of !command-output.
Json to_wire(const Parameter& parameter);

}  // namespace silex::action
