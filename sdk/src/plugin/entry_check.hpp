// Whether what a plugin hands out can be used: its entry, its factory, its adapter. Nothing of it is called.
#pragma once

#include "runtime/status.hpp"

#include <silex/adapter.h>
#include <silex/plugin.h>

#include <filesystem>
#include <string>

namespace silex {

// `entry`: what the symbol `silex_plugin` of that file is, or nullptr. SILEX_ERROR_NO_ENTRY,
// SILEX_ERROR_ABI_MISMATCH, SILEX_ERROR_BAD_ENTRY.
Status check_entry(const std::filesystem::path& file, const silex_plugin_entry* entry);

// What is wrong with where it stands or with its size, "" if nothing is: the first of what is looked at
// below, and all that may be read before.
std::string fault_in_layout(const silex_plugin_entry* entry);
std::string fault_in_layout(const silex_adapter_factory* factory);
std::string fault_in_layout(const silex_adapter* adapter);

// What is wrong with it, "" if nothing is. Not nullptr.
std::string fault_in(const silex_plugin_entry* entry);
std::string fault_in(const silex_adapter_factory* factory);
std::string fault_in(const silex_adapter* adapter);

}  // namespace silex
