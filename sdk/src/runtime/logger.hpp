// The runtime's log: one line at a time to the user's sink, or to standard error; and to a file.
#pragma once

#include <silex/log.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spdlog {
class logger;
}

namespace silex {

struct LogOptions {
  // What is less severe is left out. Nothing: SILEX_LOG_INFO, but the user's sink is given all.
  std::optional<silex_log_level> level;
  std::string folder;  // "": no file
  std::size_t file_size = std::size_t{10} << 20;
  std::size_t files = 3;  // older ones that are kept
};

// [any-thread] Calls of the sink do not overlap.
class Logger {
 public:
  // Without a sink: standard error.
  Logger(silex_log_sink sink, void* data, LogOptions options = {});
  ~Logger();
  Logger(const Logger&) = delete;
  Logger& operator=(const Logger&) = delete;

  // Never throws: a log that can't be written is no reason to fail what was being logged.
  void write(silex_log_level level, std::string_view message) noexcept;

  // Opens silex-<host>-<process>.log in the folder, if there is one, and writes there what was logged before.
  // Without this the first lines are held, since the file carries the host's name. A folder that can't be
  // written is a warning in the log. Does nothing the second time.
  void open_file(std::string_view host) noexcept;

  // What is written from here on goes to the file alone. Waits for a sink that is taking a line.
  void forget_sink() noexcept;

 private:
  class FileName;
  struct Line {
    std::chrono::system_clock::time_point time;
    silex_log_level level;
    std::string text;
  };

  // Under the lock.
  void write_to_file(silex_log_level level, std::string_view message);
  void open(std::string_view host);

  const LogOptions options_;
  const std::uint32_t forks_;
  std::mutex
      mutex_;  // the one lock: spdlog's own sinks lock a mutex of the process, which a fork may find held
  std::unique_ptr<spdlog::logger> console_;
  std::unique_ptr<spdlog::logger> file_;
  std::unique_ptr<FileName> file_name_;
  std::vector<Line> held_;  // until the file is open
  bool opened_;
};

}  // namespace silex
