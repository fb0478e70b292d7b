// The runtime's log: one line at a time to the user's sink, or to standard error.
#pragma once

#include <silex/log.h>

#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace silex {

// [any-thread] Calls of the sink do not overlap.
class Logger {
 public:
  // Without a sink: standard error, from SILEX_LOG_INFO up.
  Logger(silex_log_sink sink, void* data);
  ~Logger();
  Logger(const Logger&) = delete;
  Logger& operator=(const Logger&) = delete;

  // Never throws: a log that can't be written is no reason to fail what was being logged.
  void write(silex_log_level level, std::string_view message) noexcept;

 private:
  std::unique_ptr<spdlog::logger> logger_;
};

}  // namespace silex
