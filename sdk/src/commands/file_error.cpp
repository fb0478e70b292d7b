#include "commands/file_error.hpp"

#include <cerrno>

namespace silex::commands {

namespace {

std::string advice(const std::error_code& error) {
  if (error == std::errc::no_space_on_device || error == std::error_code(EDQUOT, std::generic_category())) {
    return "free some space there, and try again";
  }
  if (error == std::errc::permission_denied || error == std::errc::operation_not_permitted) {
    return "make it and its folder accessible, or choose another place";
  }
  if (error == std::errc::read_only_file_system) return "choose a place that can be written to";
  if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) {
    return "check that it is still there, and that its path is right";
  }
  if (error == std::errc::file_exists) return "look at what has appeared there meanwhile, and try again";
  if (error == std::errc::file_too_large) return "choose a disk that takes files of this size";
  if (error == std::errc::filename_too_long) return "choose a shorter name";
  if (error == std::errc::device_or_resource_busy || error == std::errc::text_file_busy) {
    return "close what uses it, and try again";
  }
  return "check that its disk can be reached, and try again";
}

}  // namespace

std::string quoted(const std::filesystem::path& path) {
  return "'" + path.string() + "'";
}

Error file_error(const std::filesystem::path& path, const std::string& what, const std::error_code& error) {
  return file_error(quoted(path) + " " + what + ": " + error.message() + "; " + advice(error));
}

void check(const std::error_code& error, const std::filesystem::path& path, const std::string& what) {
  if (error) throw file_error(path, what, error);
}

Error file_error(const std::string& sentence) {
  return {SILEX_ERROR_EXCEPTION, sentence};
}

}  // namespace silex::commands
