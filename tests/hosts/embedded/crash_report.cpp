#include "crash_report.hpp"

#include <array>
#include <csignal>

#include <execinfo.h>
#include <unistd.h>

namespace host {

namespace {

void report(int signal) {
  std::array<void*, 64> frames{};
  const int count = ::backtrace(frames.data(), static_cast<int>(frames.size()));
  constexpr char heading[] = "CRASHED: the thread that did it was at\n";
  static_cast<void>(!::write(STDERR_FILENO, heading, sizeof heading - 1));
  ::backtrace_symbols_fd(frames.data(), count, STDERR_FILENO);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

}  // namespace

void report_crashes() {
  void* loads_the_library = nullptr;  // now, not in a signal handler
  ::backtrace(&loads_the_library, 1);
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS}) std::signal(signal, &report);
}

}  // namespace host
