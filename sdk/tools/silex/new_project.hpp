// `silex new`: a project that builds and is tested, for an adapter or for commands.
#pragma once

#include <string>

namespace silex::cli {

// `kind` is that of a folder of templates. Writes the folder `into`, or `name`, or nothing.
int new_project(const std::string& kind, const std::string& name, const std::string& into);

}  // namespace silex::cli
