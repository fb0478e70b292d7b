#include "commands/parameters.hpp"

#include <system_error>

namespace silex::commands {

namespace fs = std::filesystem;

namespace {

const json& value_in(const CommandContext& context, const char* name) {
  static const json none;
  const auto found = context.parameters().find(name);
  return found == context.parameters().end() ? none : *found;
}

fs::path to_path(const json& value, const char* name) {
  const std::string text = value.is_string() ? value.get<std::string>() : "";
  if (text.empty()) {
    throw wrong_parameter("the parameter '" + std::string(name) + "' names no file: give it a path");
  }
  std::error_code error;
  fs::path path = fs::absolute(text, error);
  if (error) {
    throw wrong_parameter("the path '" + text + "' can't be followed: " + error.message() +
                          "; give the whole path, from the root");
  }
  if (!path.has_filename()) path = path.parent_path();  // it ends with a slash
  if (path.filename() != "." && path.filename() != "..") return path;
  fs::path resolved = fs::canonical(path, error);
  return error ? path : resolved;
}

}  // namespace

std::string text_in(const CommandContext& context, const char* name) {
  const json& value = value_in(context, name);
  return value.is_null() ? "" : shown(value);
}

bool flag_in(const CommandContext& context, const char* name) {
  const json& value = value_in(context, name);
  return value.is_boolean() && value.get<bool>();
}

json object_in(const CommandContext& context, const char* name) {
  const json& value = value_in(context, name);
  return value.is_object() ? value : json::object();
}

json list_in(const CommandContext& context, const char* name) {
  const json& value = value_in(context, name);
  return value.is_array() ? value : json::array();
}

fs::path path_in(const CommandContext& context, const char* name) {
  return to_path(value_in(context, name), name);
}

std::vector<fs::path> paths_in(const CommandContext& context, const char* name) {
  std::vector<fs::path> paths;
  for (const json& value : list_in(context, name)) paths.push_back(to_path(value, name));
  if (paths.empty()) paths.push_back(path_in(context, name));  // one, or the error that there is none
  return paths;
}

std::string shown(const json& value) {
  return value.is_string() ? value.get<std::string>() : detail::text_of(value);
}

Error wrong_parameter(const std::string& sentence) {
  return {SILEX_ERROR_INVALID_ARGUMENT, sentence};
}

}  // namespace silex::commands
