// What an adapter says about its host for `silex doctor --host`: a YAML file beside the adapter's library.
// Here no host is named.
#pragma once

#include "yaml/finding.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace silex::cli {

// One form in which Silex is dropped into a host. Patterns are those of find_all() in file_pattern.hpp.
struct PackageForm {
  std::string name;                 // "add-on"
  std::vector<std::string> places;  // folders where the host looks, its first choice first
  std::string entry;                // in a place: what is there when a package is
  std::vector<std::string> holds;   // in a place: what else a whole package has
  std::string adapter;              // in a place: the adapter's library
  std::string install;              // what to do where it is missing: a sentence
};

struct HostManifest {
  std::string title;    // "Blender"
  std::string program;  // what starts it, on PATH
  std::vector<PackageForm> packages;
};

// Where the manifest of that host is: "silex_host_<host>.yml" in the first of the folders that has one.
std::filesystem::path find_host_manifest(const std::string& host,
                                         const std::vector<std::filesystem::path>& folders);

// The hosts whose manifests are in the folders, by name.
std::vector<std::string> hosts_in(const std::vector<std::filesystem::path>& folders);

// Nothing, and findings, where the file is not as it should be.
std::optional<HostManifest> read_host_manifest(const std::filesystem::path& file, yaml::Findings& findings);

}  // namespace silex::cli
