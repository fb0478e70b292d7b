#include "recorder.hpp"

#include <nlohmann/json.hpp>

namespace silex::validate {

namespace {

using nlohmann::json;

// What a plugin says may be no UTF-8.
std::string text_of(const json& line) {
  return line.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace

void Recorder::begin(std::string_view check) {
  last_entered_.clear();
  begun_ = std::chrono::steady_clock::now();
  write(text_of({{"begin", check}}));
}

void Recorder::entering(std::string_view function) {
  const std::lock_guard lock(mutex_);
  if (last_entered_ == function) return;
  last_entered_ = function;
  out_ << text_of({{"entering", function}}) << std::flush;
}

void Recorder::end(std::string_view check, Result result, const std::string& text) {
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun_;
  write(text_of({{"end", check},
                 {"result", kResultNames.at(static_cast<std::size_t>(result))},
                 {"text", text},
                 {"seconds", seconds.count()}}));
}

void Recorder::know(std::string_view key, std::string_view value) {
  write(text_of({{"know", key}, {"value", value}}));
}

void Recorder::write(const std::string& line) {
  const std::lock_guard lock(mutex_);
  out_ << line << std::flush;
}

}  // namespace silex::validate
