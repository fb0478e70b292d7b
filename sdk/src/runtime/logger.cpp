#include "runtime/logger.hpp"

#include <array>
#include <mutex>
#include <string>

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

namespace silex {

namespace {

constexpr std::array kLevels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                             spdlog::level::err, spdlog::level::critical};

// The user's sink, behind spdlog's lock.
class CallbackSink final : public spdlog::sinks::base_sink<std::mutex> {
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

}  // namespace

Logger::Logger(silex_log_sink sink, void* data) {
  if (sink) {
    logger_ = std::make_unique<spdlog::logger>("silex", std::make_shared<CallbackSink>(sink, data));
    logger_->set_level(spdlog::level::debug);
  } else {
    logger_ =
        std::make_unique<spdlog::logger>("silex", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
    logger_->set_pattern("[%H:%M:%S.%e] [%n] [%^%l%$] %v");
    logger_->set_level(spdlog::level::info);
  }
  logger_->set_error_handler([](const std::string& /*what*/) {});
}

Logger::~Logger() = default;

void Logger::write(silex_log_level level, std::string_view message) noexcept {
  try {
    logger_->log(kLevels.at(static_cast<std::size_t>(level)), message);
  } catch (...) {  // NOLINT(bugprone-empty-catch): see the header
  }
}

}  // namespace silex
