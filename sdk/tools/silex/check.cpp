#include "check.hpp"

#include "action/definition/load.hpp"
#include "exit_code.hpp"
#include "platform/library.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
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
  if (!fs::is_directory(path)) return {path};
  const auto all = entries(fs::is_directory(path / category) ? path / category : path);
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
  const auto is_own = [&](const fs::path& root) {
    return fs::weakly_canonical(root) == fs::weakly_canonical(own);
  };
  const auto first = std::find_if(roots.begin(), roots.end(), is_own);
  if (first != roots.end()) return action::SearchPath({first, roots.end()});
  std::vector<fs::path> all{own};
  all.insert(all.end(), roots.begin(), roots.end());
  return action::SearchPath(std::move(all));
}

std::string counted(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
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
    if (!fs::exists(path)) {
      std::cerr << "silex check: there is no file or folder " << path.string() << "\n";
      return kUsage;
    }
    for (const fs::path& file : definitions(path, category)) files.insert(file);
  }

  std::set<std::string> lines;  // a parent's errors are its children's, too
  std::size_t wrong = 0;
  for (const fs::path& file : files) {
    yaml::Findings findings;
    const action::Request request{
        file.stem().string(), fs::weakly_canonical(file).parent_path().filename().string(), {}};
    static_cast<void>(action::load_definition(search_path_for(file, configured.roots()), request, findings));
    if (!findings.empty()) ++wrong;
    for (const yaml::Finding& finding : findings.kept()) {
      const std::string line = yaml::to_text(finding);
      if (lines.insert(line).second) std::cout << line << "\n";
    }
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
