// The processes in which the checks are made: what ends one of them is a finding.
#pragma once

#include "validate.hpp"
#include "validation.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace silex::cli {

// Makes these checks, and adds what they come to. Throws where the host does not begin with them at all.
void run_checks(const ValidateCommand& command, std::vector<std::string> ids, Validation& validation);

}  // namespace silex::cli
