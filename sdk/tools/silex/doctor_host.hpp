// silex doctor --host: whether Silex is where a host would find it, and whole.
#pragma once

#include "host_manifest.hpp"
#include "report.hpp"

#include <silex/silex.hpp>

namespace silex::cli {

// Prints what is found of the host and of the packages in it, and loads their adapters.
void look_at_host(Report& report, silex_runtime* runtime, const HostManifest& manifest);

}  // namespace silex::cli
