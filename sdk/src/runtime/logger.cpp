#include "runtime/logger.hpp"

#include "platform/thread.hpp"

#include <array>
#include <atomic>
#include <bit>
#include <cctype>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <utility>

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

namespace silex {

namespace {

constexpr std::array kLevels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                             spdlog::level::err, spdlog::level::critical};

// Lines kept until the file is open: those of a start. A runtime that is never started keeps no more.
constexpr std::size_t kHeldLines = 1000;

// The user's sink, behind the logger's lock.
class CallbackSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  CallbackSink(silex_log_sink callback, void* data) : callback_(callback), data_(data) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    auto level = SILEX_LOG_DEBUG;
    for (std::size_t i = 0; i < kLevels.size(); ++i) {
      if (kLevels[i] == message.level) level = static_cast<silex_log_level>(i);
    }
    const std::string text(message.payload.data(), message.payload.size());
    callback_(data_, level, text.c_str());
  }
  void flush_() override {}

 private:
  silex_log_sink callback_;
  void* data_;
};

std::unique_ptr<spdlog::logger> make_logger(spdlog::sink_ptr sink, spdlog::level::level_enum level) {
  auto logger = std::make_unique<spdlog::logger>("silex", std::move(sink));
  logger->set_level(level);
  logger->set_error_handler([](const std::string& /*what*/) {});
  return logger;
}

spdlog::level::level_enum to_spdlog(silex_log_level level) {
  return kLevels.at(static_cast<std::size_t>(level));
}

// What may stand in a file's name everywhere.
std::string tame(std::string_view host) {
  std::string name;
  for (const char c : host.substr(0, 64)) {
    name += std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.' ? c : '_';
  }
  return name.empty() ? "host" : name;
}

}  // namespace

// The name of a log file, which no other runtime of this process has meanwhile.
class Logger::FileName {
 public:
  FileName(const std::string& folder, std::string_view host) {
    std::uint64_t taken = used_.load();
    do {
      number_ = std::countr_one(taken);
      if (number_ >= 64) throw spdlog::spdlog_ex("64 runtimes of this process have a log file already");
    } while (!used_.compare_exchange_weak(taken, taken | std::uint64_t{1} << static_cast<unsigned>(number_)));
    std::string name = "silex-" + tame(host) + "-" + std::to_string(spdlog::details::os::pid());
    if (number_ > 0) name += "-" + std::to_string(number_ + 1);
    path_ = (std::filesystem::path(folder) / (name + ".log")).string();
  }
  ~FileName() { used_.fetch_and(~(std::uint64_t{1} << static_cast<unsigned>(number_))); }
  FileName(const FileName&) = delete;
  FileName& operator=(const FileName&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  static inline std::atomic<std::uint64_t> used_{0};  // a bit per number
  int number_ = 0;
  std::string path_;
};

Logger::Logger(silex_log_sink sink, void* data, LogOptions options)
    : options_(std::move(options)), forks_(platform::fork_generation()), opened_(options_.folder.empty()) {
  if (sink) {
    console_ = make_logger(std::make_shared<CallbackSink>(sink, data),
                           to_spdlog(options_.level.value_or(SILEX_LOG_DEBUG)));
  } else {
    console_ = make_logger(
        std::make_shared<spdlog::sinks::ansicolor_stderr_sink<spdlog::details::console_nullmutex>>(),
        to_spdlog(options_.level.value_or(SILEX_LOG_INFO)));
    console_->set_pattern("[%H:%M:%S.%e] [%n] [%^%l%$] %v");
  }
}

Logger::~Logger() {
  // What happened before a start that never came is worth a file too.
  if (!held_.empty()) open_file({});
}

void Logger::write(silex_log_level level, std::string_view message) noexcept {
  try {
    std::unique_lock lock(mutex_, std::defer_lock);
    if (platform::fork_generation() == forks_) {
      lock.lock();
      write_to_file(level, message);
    } else if (!lock.try_lock()) {
      return;  // a thread that stayed in the parent holds it for ever
    }
    if (console_) console_->log(to_spdlog(level), message);
  } catch (...) {  // NOLINT(bugprone-empty-catch): see the header
  }
}

void Logger::write_to_file(silex_log_level level, std::string_view message) {
  if (file_) {
    file_->log(to_spdlog(level), message);
  } else if (!opened_ && level >= options_.level.value_or(SILEX_LOG_INFO) && held_.size() < kHeldLines) {
    held_.push_back({std::chrono::system_clock::now(), level, std::string(message)});
  }
}

void Logger::forget_sink() noexcept {
  const std::lock_guard lock(mutex_);
  console_.reset();
}

void Logger::open_file(std::string_view host) noexcept {
  if (platform::fork_generation() != forks_) return;  // the file is the parent's
  try {
    const std::lock_guard lock(mutex_);
    if (std::exchange(opened_, true)) return;
    try {
      open(host);
    } catch (const std::exception& error) {
      file_.reset();
      file_name_.reset();
      console_->log(spdlog::level::warn, "the log is written to no file: " + std::string(error.what()) +
                                             "; set log.folder to a folder that can be written");
    }
    held_ = {};
  } catch (...) {  // NOLINT(bugprone-empty-catch): as in write()
  }
}

void Logger::open(std::string_view host) {
  file_name_ = std::make_unique<FileName>(options_.folder, host);
  spdlog::file_event_handlers handlers;
  // Without a buffer a line is one write: nothing is lost in a crash, and nothing written twice by a fork.
  handlers.after_open = [](const spdlog::filename_t& /*name*/, std::FILE* file) {
    static_cast<void>(std::setvbuf(file, nullptr, _IONBF, 0));
  };
  file_ = make_logger(std::make_shared<spdlog::sinks::rotating_file_sink_st>(
                          file_name_->path(), options_.file_size, options_.files, false, handlers),
                      to_spdlog(options_.level.value_or(SILEX_LOG_INFO)));
  file_->set_pattern("%Y-%m-%d %H:%M:%S.%e %l [%t] %v");
  for (const Line& line : held_)
    file_->log(line.time, spdlog::source_loc{}, to_spdlog(line.level), line.text);
}

}  // namespace silex
