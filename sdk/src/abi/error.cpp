// silex/error.h
#include "abi/report.hpp"

#include <silex/error.h>

#include <utility>

namespace silex::abi {

namespace {

thread_local Status last_error;
thread_local silex_error last_view;

}  // namespace

silex_status report(Status status) noexcept {
  const silex_status code = status.code();
  if (code != SILEX_OK) last_error = std::move(status);
  return code;
}

Status null_argument(const char* what, const char* remedy) {
  return {SILEX_ERROR_INVALID_ARGUMENT, std::string(what) + " is NULL: " + remedy};
}

Status null_runtime() {
  return null_argument("the runtime", "make one with silex_runtime_create()");
}

Status small_struct(const char* type, std::size_t size, std::size_t least) {
  return {SILEX_ERROR_INVALID_ARGUMENT, std::string(type) + ".size is " + std::to_string(size) +
                                            ", which is less than " + std::to_string(least) +
                                            ": set it to sizeof(" + type + ")"};
}

Status unknown_flags(const char* type, std::uint32_t flags) {
  return {SILEX_ERROR_INVALID_ARGUMENT, std::string(type) + ".flags is " + std::to_string(flags) +
                                            ", which has bits that this version does not know"};
}

}  // namespace silex::abi

const silex_error* silex_last_error(void) {
  silex::abi::last_view = silex::abi::last_error.view();
  return &silex::abi::last_view;
}

const char* silex_status_name(silex_status status) {
  switch (status) {
#define SILEX_NAME(code) \
  case code:             \
    return #code
    SILEX_NAME(SILEX_OK);
    SILEX_NAME(SILEX_ERROR_INVALID_ARGUMENT);
    SILEX_NAME(SILEX_ERROR_WRONG_THREAD);
    SILEX_NAME(SILEX_ERROR_WOULD_DEADLOCK);
    SILEX_NAME(SILEX_ERROR_NOT_RUNNING);
    SILEX_NAME(SILEX_ERROR_HOST_GONE);
    SILEX_NAME(SILEX_ERROR_CANCELLED);
    SILEX_NAME(SILEX_ERROR_TIMED_OUT);
    SILEX_NAME(SILEX_ERROR_EXCEPTION);
    SILEX_NAME(SILEX_ERROR_QUEUE_FULL);
    SILEX_NAME(SILEX_ERROR_NOT_FOUND);
    SILEX_NAME(SILEX_ERROR_NO_PUMP);
    SILEX_NAME(SILEX_ERROR_NO_HOST);
    SILEX_NAME(SILEX_ERROR_BUSY);
    SILEX_NAME(SILEX_ERROR_FORKED);
    SILEX_NAME(SILEX_ERROR_OUT_OF_MEMORY);
    SILEX_NAME(SILEX_ERROR_ADAPTER_FAILED);
    SILEX_NAME(SILEX_ERROR_DISCONNECTED);
    SILEX_NAME(SILEX_ERROR_NOT_SENT);
    SILEX_NAME(SILEX_ERROR_FILE_NOT_FOUND);
    SILEX_NAME(SILEX_ERROR_NOT_A_FILE);
    SILEX_NAME(SILEX_ERROR_NOT_A_LIBRARY);
    SILEX_NAME(SILEX_ERROR_LIBRARY_LOAD);
    SILEX_NAME(SILEX_ERROR_NO_ENTRY);
    SILEX_NAME(SILEX_ERROR_BAD_ENTRY);
    SILEX_NAME(SILEX_ERROR_ABI_MISMATCH);
    SILEX_NAME(SILEX_ERROR_NO_FACTORY);
    SILEX_NAME(SILEX_ERROR_INIT_FAILED);
    SILEX_NAME(SILEX_ERROR_PLUGIN_EXCEPTION);
    SILEX_NAME(SILEX_ERROR_DUPLICATE_NAME);
    SILEX_NAME(SILEX_ERROR_PLUGIN_BUSY);
#undef SILEX_NAME
    default:
      return "unknown status";
  }
}
