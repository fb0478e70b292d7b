// The report as it is written, a line of JSON each, so that whoever started the checks knows how far they
// came when the process dies.
#pragma once

#include "check_list.hpp"

#include <chrono>
#include <fstream>
#include <mutex>
#include <string>
#include <string_view>

namespace silex::validate {

// [any-thread]
class Recorder {
 public:
  explicit Recorder(const std::string& file) : out_(file, std::ios::app | std::ios::binary) {}

  void begin(std::string_view check);
  // Which function of the plugin is about to be called: the one that does not return is named.
  void entering(std::string_view function);
  void end(std::string_view check, Result result, const std::string& text);
  // What is known of the plugin: "adapter", "title", "version".
  void know(std::string_view key, std::string_view value);

 private:
  void write(const std::string& line);

  std::mutex mutex_;
  std::ofstream out_;
  std::string last_entered_;
  std::chrono::steady_clock::time_point begun_;
};

}  // namespace silex::validate
