#include "new_project.hpp"

#include "exit_code.hpp"
#include "platform/uuid.hpp"
#include "shared_folder.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace silex::cli {

namespace {

namespace fs = std::filesystem;

// It becomes part of names of files, of C++ and of plugins.
bool is_name(std::string_view name) {
  const auto fits = [](char c) {
    return std::islower(static_cast<unsigned char>(c)) || std::isdigit(static_cast<unsigned char>(c)) ||
           c == '_';
  };
  // The SDK's own names begin with silex_.
  return !name.empty() && std::islower(static_cast<unsigned char>(name.front())) &&
         std::all_of(name.begin(), name.end(), fits) && name != "silex" && !name.starts_with("silex_");
}

// For people: "my_host" is My Host.
std::string title_of(std::string name) {
  bool begins = true;
  for (char& c : name) {
    if (begins) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    begins = c == '_';
    if (begins) c = ' ';
  }
  return name;
}

void replace_all(std::string& text, std::string_view what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

std::string filled_in(std::string text, const std::string& name) {
  replace_all(text, "@name@", name);
  replace_all(text, "@Name@", title_of(name));
  return text;
}

void write(const fs::path& from, const fs::path& to, const std::string& name) {
  std::ifstream in(from, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  fs::create_directories(to.parent_path());
  std::ofstream out(to, std::ios::binary);
  out << filled_in(text, name);
  out.close();
  if (!in || !out)
    throw std::runtime_error(to.string() + " could not be written: is there room, and may you write there?");
}

}  // namespace

int new_project(const std::string& kind, const std::string& name, const std::string& into) {
  if (!is_name(name)) {
    std::cerr << "silex: '" << name << "' is no name for " << kind
              << "; allowed: small letters, digits and _, a letter first, and neither silex nor silex_...\n";
    return kUsage;
  }
  fs::path folder = into.empty() ? fs::path(name) : fs::path(into);
  if (!folder.has_filename()) folder = folder.parent_path();  // shells complete folders with a slash
  if (fs::exists(folder)) {
    std::cerr << "silex: " << folder.string() << " is there already; name another folder with --into\n";
    return kUsage;
  }
  const auto templates = shared_folder("templates", "sdk/templates", kind);
  if (!templates) throw std::runtime_error("its templates are not there; install Silex again");
  const fs::path from = *templates / kind;
  // It is there as a whole, or not at all.
  fs::path half = folder;
  half += "." + platform::new_uuid();
  try {
    for (const auto& file : fs::recursive_directory_iterator(from)) {
      if (!file.is_regular_file()) continue;
      write(file.path(), half / filled_in(file.path().lexically_relative(from).string(), name), name);
    }
    fs::rename(half, folder);
  } catch (const std::exception&) {
    std::error_code ignored;
    fs::remove_all(half, ignored);
    throw;
  }
  std::cout << folder.string() << " is written; its README.md says how it is built, and what to put in\n";
  return kFine;
}

}  // namespace silex::cli
