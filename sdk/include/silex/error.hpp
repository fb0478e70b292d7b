// The errors of the C++ layer: what a co_await or a call throws where the C ABI returns a status.
#pragma once

#include <silex/error.h>

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace silex {

// what() is the sentence, detail() the traceback of the host's language, "" if there is none.
class Error : public std::runtime_error {
 public:
  // One of the codes of silex/error.h.
  Error(silex_status code, const std::string& message, std::string detail = {})
      : std::runtime_error(message), code_(code), detail_(std::move(detail)) {}
  // Why, as the C ABI has it.
  [[nodiscard]] silex_status code() const noexcept { return code_; }
  // Valid while the exception is.
  [[nodiscard]] const std::string& detail() const noexcept { return detail_; }

 private:
  silex_status code_;
  std::string detail_;
};

// The task was cancelled. Throw it yourself from a function that saw its stop token.
class Cancelled : public Error {
 public:
  // Has the code SILEX_ERROR_CANCELLED.
  explicit Cancelled(const std::string& message = "cancelled", std::string detail = {})
      : Error(SILEX_ERROR_CANCELLED, message, std::move(detail)) {}
};

// A timeout passed.
class TimedOut : public Error {
 public:
  // Has the code SILEX_ERROR_TIMED_OUT.
  explicit TimedOut(const std::string& message = "the timeout passed", std::string detail = {})
      : Error(SILEX_ERROR_TIMED_OUT, message, std::move(detail)) {}
};

// The host quit, the runtime does not run, or nobody pumps a batch host; code() tells which.
class HostGone : public Error {
 public:
  // As Error.
  using Error::Error;
};

// The exception that stands for a status.
inline std::exception_ptr make_exception(silex_status code, const std::string& message,
                                         const std::string& detail = {}) {
  switch (code) {
    case SILEX_ERROR_CANCELLED:
      return std::make_exception_ptr(Cancelled(message, detail));
    case SILEX_ERROR_TIMED_OUT:
      return std::make_exception_ptr(TimedOut(message, detail));
    case SILEX_ERROR_HOST_GONE:
    case SILEX_ERROR_NOT_RUNNING:
    case SILEX_ERROR_FORKED:
    case SILEX_ERROR_NO_PUMP:
      return std::make_exception_ptr(HostGone(code, message, detail));
    default:
      return std::make_exception_ptr(Error(code, message, detail));
  }
}
// The same for an error with its text.
inline std::exception_ptr make_exception(const silex_error& error) {
  return make_exception(error.code, error.message, error.detail);
}

}  // namespace silex
