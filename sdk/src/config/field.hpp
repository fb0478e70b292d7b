// The kinds of values that a configuration holds: how each is read, checked, described and written.
#pragma once

#include "config/config.hpp"
#include "yaml/node.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace silex::config {

// Each names its member of a Config. Where it has bounds, both are allowed.
struct AddressField {  // ws://, wss://
  std::string& (*of)(Config&);
};
struct ProxyField {  // http://, or ""
  std::string& (*of)(Config&);
};
struct UrlPathField {
  std::string& (*of)(Config&);
};
struct FilePathField {  // "" for none
  std::string& (*of)(Config&);
};
struct FoldersField {
  std::vector<std::string>& (*of)(Config&);
};
struct HeadersField {
  Headers& (*of)(Config&);
};
struct FlagField {
  bool& (*of)(Config&);
};
struct CountField {
  std::uint64_t& (*of)(Config&);
  std::uint64_t least;
  std::uint64_t most;
};
struct PartField {  // 0 to 1
  double& (*of)(Config&);
};
struct DurationField {
  Duration& (*of)(Config&);
  Duration least;
  Duration most;
};
struct BytesField {
  std::uint64_t& (*of)(Config&);
  std::uint64_t least;
  std::uint64_t most;
};
struct LevelField {
  std::optional<silex_log_level>& (*of)(Config&);
};

using Field = std::variant<AddressField, ProxyField, UrlPathField, FilePathField, FoldersField, HeadersField,
                           FlagField, CountField, PartField, DurationField, BytesField, LevelField>;

// What may be in it, for people.
std::string allowed_in(const Field& field);

// Puts a value into `config`; or leaves it and says what was found, and where.
struct Refusal {
  yaml::Place place;
  std::string found;
};
std::optional<Refusal> assign(const Field& field, const yaml::Node& value, Config& config);

// The value in `config`, as a file would hold it.
std::string write_value(const Field& field, Config& config);

}  // namespace silex::config
