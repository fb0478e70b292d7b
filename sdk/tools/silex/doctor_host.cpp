#include "doctor_host.hpp"

#include "doctor.hpp"
#include "file_pattern.hpp"
#include "platform/environment.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace silex::cli {

namespace {

namespace fs = std::filesystem;

struct Place {
  fs::path folder;
  bool is_of_one_version;  // of several: each version of the host sees its own alone
};

struct Package {
  const PackageForm& form;
  Place place;
};

std::vector<Place> places_of(const PackageForm& form) {
  std::vector<Place> found;
  for (const std::string& pattern : form.places) {
    for (const fs::path& folder : find_all(pattern, &platform::environment_value)) {
      // Two variables often name one folder.
      std::error_code error;
      const bool known = std::any_of(found.begin(), found.end(), [&](const Place& other) {
        return fs::equivalent(folder, other.folder, error);
      });
      if (!known) found.push_back({folder, pattern.find('*') != std::string::npos});
    }
  }
  return found;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void look_at_program(Report& report, const HostManifest& manifest) {
  for (const fs::path& folder : find_all("${PATH}", &platform::environment_value)) {
    std::error_code error;
    if (fs::is_regular_file(folder / manifest.program, error)) {
      return report.fine("host", manifest.title + ": " + (folder / manifest.program).string());
    }
  }
  report.note("host",
              manifest.title + ": no program '" + manifest.program + "' on PATH; it may be elsewhere");
}

void look_at_package(Report& report, silex_runtime* runtime, const Package& package) {
  std::vector<std::string> missing;
  for (const std::string& file : package.form.holds) {
    if (find_all_in(package.place.folder, file).empty()) missing.push_back(file);
  }
  const std::string what = package.form.name + " in " + package.place.folder.string();
  if (!missing.empty()) {
    return report.wrong("package",
                        what + " is not whole, it lacks " + listed(missing) + ": install it again");
  }
  report.fine("package", what);
  const auto adapters = find_all_in(package.place.folder, package.form.adapter);
  if (adapters.empty()) {
    report.wrong("adapter", what + " lacks " + package.form.adapter + ": install it again");
  } else {
    look_at_adapter(report, runtime, adapters.front());
  }
}

void say_that_none_is_there(Report& report, const HostManifest& manifest) {
  std::vector<std::string> looked;
  std::string install;
  for (const PackageForm& form : manifest.packages) {
    for (const Place& place : places_of(form)) looked.push_back(place.folder.string());
    install += (install.empty() ? "" : "; or ") + form.install;
  }
  if (looked.empty()) {
    for (const PackageForm& form : manifest.packages) {
      looked.insert(looked.end(), form.places.begin(), form.places.end());
    }
  }
  report.wrong("package", "none in " + listed(looked) + ": " + install);
}

}  // namespace

void look_at_host(Report& report, silex_runtime* runtime, const HostManifest& manifest) {
  look_at_program(report, manifest);
  std::vector<Package> packages;
  for (const PackageForm& form : manifest.packages) {
    for (const Place& place : places_of(form)) {
      if (!find_all_in(place.folder, form.entry).empty()) packages.push_back({form, place});
    }
  }
  if (packages.empty()) return say_that_none_is_there(report, manifest);
  for (const Package& package : packages) look_at_package(report, runtime, package);
  const auto of_all_versions = std::count_if(packages.begin(), packages.end(), [](const Package& package) {
    return !package.place.is_of_one_version;
  });
  if (of_all_versions > 1) {
    report.wrong("package", "there are " + std::to_string(of_all_versions) +
                                ": a host that finds more than one uses the first; remove the others");
  }
}

}  // namespace silex::cli
