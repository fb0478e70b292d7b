#include "action/definition/search_path.hpp"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

namespace silex::action {

namespace {

constexpr std::array<std::string_view, 2> kEndings{".yml", ".yaml"};

}  // namespace

SearchPath::SearchPath(std::string_view roots, char separator, Files files) : files_(std::move(files)) {
  while (!roots.empty()) {
    const std::size_t end = std::min(roots.find(separator), roots.size());
    if (end > 0) roots_.emplace_back(roots.substr(0, end));
    roots.remove_prefix(std::min(end + 1, roots.size()));
  }
}

bool SearchPath::is_name(std::string_view name) noexcept {
  return !name.empty() && name != "." && name != ".." &&
         name.find_first_of("/\\:") == std::string_view::npos && name.find('\0') == std::string_view::npos;
}

std::optional<SearchPath::Found> SearchPath::find(std::string_view category, std::string_view name,
                                                  std::size_t first) const {
  if (!is_name(category) || !is_name(name)) return std::nullopt;
  for (std::size_t root = first; root < roots_.size(); ++root) {
    for (const std::string_view ending : kEndings) {
      auto file = roots_[root] / category / (std::string(name) + std::string(ending));
      // One that can't be read is found, and said to be unreadable.
      if (files_->has(file)) return Found{std::move(file), root};
    }
  }
  return std::nullopt;
}

std::vector<std::string> SearchPath::names(std::string_view category, std::size_t first) const {
  std::vector<std::string> names;
  if (!is_name(category)) return names;
  for (std::size_t root = first; root < roots_.size(); ++root) {
    std::error_code error;
    std::filesystem::directory_iterator entry(roots_[root] / category, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
      const auto& path = entry->path();
      const bool is_definition =
          std::find(kEndings.begin(), kEndings.end(), path.extension().string()) != kEndings.end();
      if (is_definition) names.push_back(path.stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace silex::action
