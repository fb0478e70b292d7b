// silex doctor: what an installation finds, and what it misses.
#pragma once

#include "report.hpp"

#include <silex/silex.hpp>

#include <filesystem>
#include <string>

namespace silex::cli {

// Looks at configuration, adapters, definitions and service, as a host on this machine with this environment
// would; instead of all adapters, at the packages of one host where it is named. Prints a line per thing. An
// exit code.
int doctor(const std::string& host);

// Loads the adapter and unloads it again; one that cannot be loaded says why.
void look_at_adapter(Report& report, silex_runtime* runtime, const std::filesystem::path& file);

}  // namespace silex::cli
