#include "check.hpp"

#include "action/run/command_library.hpp"
#include "action/run/load_action.hpp"
#include "exit_code.hpp"
#include "known_commands.hpp"
#include "platform/library.hpp"
#include "yaml/nearest.hpp"

#include <silex/silex.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <system_error>

namespace silex::cli {

namespace {

namespace fs = std::filesystem;

bool is_definition(const fs::path& file) {
  return file.extension() == ".yml" || file.extension() == ".yaml";
}

// Sorted; nothing where the folder cannot be read.
std::vector<fs::path> entries(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    found.push_back(at->path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// A file, those of a category's folder, or those of a category in a root: its other folders may hold parts
// that are no actions.
std::vector<fs::path> definitions(const fs::path& path, const std::string& category) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return {path};
  const auto all = entries(fs::is_directory(path / category, error) ? path / category : path);
  std::vector<fs::path> found;
  std::copy_if(all.begin(), all.end(), std::back_inserter(found), is_definition);
  return found;
}

// The root that a definition is in, as its user wrote it.
fs::path root_of(const fs::path& file) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const fs::path last = folder.filename();
  if (last.empty() || last == "." || last == "..") return folder / "..";
  return folder.has_parent_path() ? folder.parent_path() : fs::path(".");
}

// Where a definition's parents are looked for: from its own root on.
action::SearchPath search_path_for(const fs::path& file, const std::vector<fs::path>& roots) {
  const fs::path own = root_of(file);
  std::error_code error;
  const auto is_own = [&](const fs::path& root) { return fs::equivalent(root, own, error); };
  const auto first = std::find_if(roots.begin(), roots.end(), is_own);
  if (first != roots.end()) return action::SearchPath({first, roots.end()});
  std::vector<fs::path> all{own};
  all.insert(all.end(), roots.begin(), roots.end());
  return action::SearchPath(std::move(all));
}

std::string counted(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

// Every command that is known here: built in, and of the packs on the adapter path. Others may be a studio's,
// or Python's in a host.
class KnownHere : public action::Catalogue {
 public:
  KnownHere() : runtime_({.log = [](silex_log_level, std::string_view) {}}) {
    runtime_.start();  // with the packs
    for (const json& each : known_commands(runtime_.handle())) {
      std::vector<std::string> aliases;
      std::vector<std::string> errors;
      auto declaration = action::read_declaration(each.dump(), aliases, errors);
      for (std::string& alias : aliases) commands_.emplace(std::move(alias), declaration);
      commands_.emplace(declaration.path, std::move(declaration));
    }
  }
  [[nodiscard]] const action::CommandDeclaration* find(std::string_view path) const override {
    const auto found = commands_.find(path);
    return found == commands_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] bool may_know(std::string_view path) const override {
    const auto all = paths();
    if (path.starts_with("silex.") || !yaml::nearest_name(path, {all.begin(), all.end()}).empty())
      return false;
    if (!path.empty()) unknown_.emplace(path);
    return !path.empty();
  }
  [[nodiscard]] std::vector<std::string> paths() const override {
    std::vector<std::string> all;
    for (const auto& [path, declaration] : commands_) all.push_back(path);
    return all;
  }
  // Of which nothing was checked but their keys.
  [[nodiscard]] const std::set<std::string>& unknown() const noexcept { return unknown_; }

 private:
  Runtime runtime_;
  std::map<std::string, action::CommandDeclaration, std::less<>> commands_;
  mutable std::set<std::string> unknown_;
};

void check_definition(const fs::path& file, const std::vector<fs::path>& roots, const KnownHere& known,
                      yaml::Findings& findings) {
  const auto say = [&](const std::string& found) { findings.add({file.string(), 0, 0, found, {}, {}}); };
  std::error_code error;
  const auto status = fs::status(file, error);
  if (!fs::is_regular_file(status)) {
    return say("it is no file that can be read" + (error ? ": " + error.message() : std::string()));
  }
  const action::Request request{
      file.stem().string(), fs::weakly_canonical(file, error).parent_path().filename().string(), {}};
  const action::SearchPath search_path = search_path_for(file, roots);
  const auto found = search_path.find(request.category, request.name);
  if (!found) return say("its name can't be that of an action: no action can be found under it");
  if (!fs::equivalent(found->file, file, error)) {
    return say("it is never read, since " + found->file.string() +
               " comes first: remove or rename one of them");
  }
  static_cast<void>(action::load_action(search_path, known, request, findings));
}

}  // namespace

int check(const std::vector<std::string>& paths, const std::string& category) {
  const char* variable = std::getenv("SILEX_ACTION_CONFIG");  // NOLINT(concurrency-mt-unsafe): one thread
  const action::SearchPath configured(variable ? variable : "", platform::kPathSeparator);
  std::vector<fs::path> wanted(paths.begin(), paths.end());
  if (wanted.empty()) wanted = configured.roots();
  if (wanted.empty()) {
    std::cerr << "silex check: name a file or a folder, or set SILEX_ACTION_CONFIG\n";
    return kUsage;
  }
  std::set<fs::path> files;
  for (const fs::path& path : wanted) {
    std::error_code error;
    if (fs::symlink_status(path, error).type() == fs::file_type::not_found || error) {
      std::cerr << "silex check: there is no file or folder " << path.string() << "\n";
      return kUsage;
    }
    if (!is_definition(path) && !fs::is_directory(path, error)) {
      std::cerr << "silex check: " << path.string()
                << " is no definition: name a file .yml or .yaml, or a folder\n";
      return kUsage;
    }
    for (const fs::path& file : definitions(path, category)) files.insert(file);
  }

  const KnownHere known;
  std::set<std::string> lines;  // a parent's errors are its children's, too
  std::size_t wrong = 0;
  for (const fs::path& file : files) {
    yaml::Findings findings;
    check_definition(file, configured.roots(), known, findings);
    if (!findings.empty()) ++wrong;
    for (const yaml::Finding& finding : findings.kept()) {
      const std::string line = yaml::to_text(finding);
      if (lines.insert(line).second) std::cout << line << "\n";
    }
  }
  for (const std::string& path : known.unknown()) {
    std::cout << "not checked: the parameters of " << path
              << ", a command that no pack on SILEX_ADAPTER_PATH has\n";
  }
  std::cout << counted(files.size(), "definition") << ": ";
  if (wrong == 0) {
    std::cout << "no errors\n";
    return files.empty() ? kWrong : kFine;
  }
  std::cout << counted(lines.size(), "error") << " in " << wrong << " of them\n";
  return kWrong;
}

}  // namespace silex::cli
