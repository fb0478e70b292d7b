#include "file_pattern.hpp"

#include "platform/library.hpp"

#include <algorithm>
#include <string_view>
#include <system_error>

namespace silex::cli {

namespace {

namespace fs = std::filesystem;

bool matches(std::string_view name, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return name == pattern;
  if (name.substr(0, star) != pattern.substr(0, star)) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t at = star; at <= name.size(); ++at) {
    if (matches(name.substr(at), rest)) return true;
  }
  return false;
}

std::vector<fs::path> entries_like(const fs::path& folder, const std::string& pattern) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (matches(at->path().filename().string(), pattern)) found.push_back(at->path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::string> folders_in(const std::string& list) {
  std::vector<std::string> found;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(platform::kPathSeparator, begin), list.size());
    if (end > begin) found.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return found;
}

// What the first part of a pattern stands for.
std::vector<std::string> beginnings(const std::string& part, const Variables& variables) {
  if (part == "~") {
    const auto home = variables("HOME");
    return home ? std::vector{*home} : std::vector<std::string>{};
  }
  if (part.size() > 3 && part.compare(0, 2, "${") == 0 && part.back() == '}') {
    return folders_in(variables(part.substr(2, part.size() - 3)).value_or(""));
  }
  return {part};
}

}  // namespace

std::vector<fs::path> find_all_in(const fs::path& folder, const std::string& pattern) {
  std::vector<fs::path> found{folder};
  for (const fs::path& part : fs::path(pattern)) {
    std::vector<fs::path> next;
    for (const fs::path& at : found) {
      const std::string name = part.string();
      std::error_code error;
      if (name.find('*') != std::string::npos) {
        const auto like = entries_like(at, name);
        next.insert(next.end(), like.begin(), like.end());
      } else if (fs::exists(at / part, error)) {
        next.push_back(at / part);
      }
    }
    found = std::move(next);
  }
  return found;
}

std::vector<fs::path> find_all(const std::string& pattern, const Variables& variables) {
  const std::size_t slash = std::min(pattern.find('/'), pattern.size());
  const std::string rest = slash < pattern.size() ? pattern.substr(slash + 1) : std::string();
  std::vector<fs::path> found;
  for (const std::string& beginning : beginnings(pattern.substr(0, slash), variables)) {
    for (fs::path& path : find_all_in(slash < pattern.size() ? beginning + "/" : beginning, rest)) {
      std::error_code error;
      if (fs::exists(path, error)) found.push_back(path.lexically_normal());
    }
  }
  return found;
}

}  // namespace silex::cli
