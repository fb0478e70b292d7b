// Where definitions are: <root>/<category>/<name>.yml or .yaml, the first root that has the name wins.
#pragma once

#include "yaml/file_cache.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silex::action {

class SearchPath {
 public:
  struct Found {
    std::filesystem::path file;
    std::size_t root = 0;  // an index
  };

  using Files = std::shared_ptr<yaml::FileCache>;

  // `files`: what was read before, for those who load often.
  explicit SearchPath(std::vector<std::filesystem::path> roots,
                      Files files = std::make_shared<yaml::FileCache>())
      : roots_(std::move(roots)), files_(std::move(files)) {}
  // As SILEX_ACTION_CONFIG has them.
  SearchPath(std::string_view roots, char separator, Files files = std::make_shared<yaml::FileCache>());

  // From root number `first` on. Nothing for a name that is_name() refuses.
  [[nodiscard]] std::optional<Found> find(std::string_view category, std::string_view name,
                                          std::size_t first = 0) const;
  // The names in a category from that root on, each once, sorted.
  [[nodiscard]] std::vector<std::string> names(std::string_view category, std::size_t first = 0) const;

  // Whether it may be the name of a file: not empty, nothing that leads out of the folder.
  [[nodiscard]] static bool is_name(std::string_view name) noexcept;

  [[nodiscard]] const std::vector<std::filesystem::path>& roots() const noexcept { return roots_; }
  [[nodiscard]] yaml::FileCache& files() const noexcept { return *files_; }

 private:
  std::vector<std::filesystem::path> roots_;
  Files files_;
};

}  // namespace silex::action
