#include "platform/terminal.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <iostream>

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace silex::platform {

namespace {

std::atomic<int> interrupts_so_far{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal's handler may use it");

extern "C" void count_interrupt(int signal) {
  if (interrupts_so_far.fetch_add(1) > 0) _exit(128 + signal);
}

}  // namespace

bool is_terminal_output() {
  return isatty(STDOUT_FILENO) == 1;
}

bool is_terminal_input() {
  return isatty(STDIN_FILENO) == 1;
}

std::size_t terminal_columns() {
  winsize size{};
  constexpr std::size_t kUsual = 80;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 2) return kUsual;
  return size.ws_col;
}

std::optional<InputLine> take_line() {
  // What the stream has read already, poll() does not see.
  if (std::cin.rdbuf()->in_avail() <= 0) {
    std::array<pollfd, 1> input{{{STDIN_FILENO, POLLIN, 0}}};
    if (poll(input.data(), input.size(), 0) <= 0) return std::nullopt;
  }
  InputLine line;
  line.is_end = !std::getline(std::cin, line.text);
  std::cin.clear();  // who types Ctrl-D may go on typing
  return line;
}

void count_interrupts() {
  struct sigaction action {};
  action.sa_handler = &count_interrupt;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

int interrupts() noexcept {
  return interrupts_so_far;
}

}  // namespace silex::platform
