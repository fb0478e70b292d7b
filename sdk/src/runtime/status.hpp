// How functions inside the runtime say that something went wrong.
#pragma once

#include <silex/error.h>

#include <memory>
#include <string>
#include <utility>

namespace silex {

// What a silex_error says, with its own storage.
struct ErrorText {
  std::string message;
  std::string detail;
};

// A silex_status with its text. Success allocates nothing; a copy shares the text, so that telling one reason
// to a hundred thousand waiters is cheap.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(silex_status code, std::string message, std::string detail = {})
      : code_(code), text_(std::make_shared<ErrorText>(ErrorText{std::move(message), std::move(detail)})) {}

  [[nodiscard]] bool ok() const noexcept { return code_ == SILEX_OK; }
  [[nodiscard]] silex_status code() const noexcept { return code_; }
  [[nodiscard]] const char* message() const noexcept { return text_ ? text_->message.c_str() : ""; }
  [[nodiscard]] const char* detail() const noexcept { return text_ ? text_->detail.c_str() : ""; }

  // The C view; valid as long as this is.
  [[nodiscard]] silex_error view() const noexcept {
    return {static_cast<std::uint32_t>(sizeof(silex_error)), code_, message(), detail()};
  }

 private:
  silex_status code_ = SILEX_OK;
  std::shared_ptr<const ErrorText> text_;
};

}  // namespace silex
