// silex check: what is wrong in definitions of actions.
#pragma once

#include <string>
#include <vector>

namespace silex::cli {

// Looks at files, at folders of definitions, and at a category of roots; where none is named, at the roots of
// SILEX_ACTION_CONFIG. Prints a line per error and a summary. An exit code.
int check(const std::vector<std::string>& paths, const std::string& category);

}  // namespace silex::cli
