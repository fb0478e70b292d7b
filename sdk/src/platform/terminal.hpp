// The terminal that a command is typed into.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace silex::platform {

[[nodiscard]] bool is_terminal_output();
[[nodiscard]] bool is_terminal_input();
// Of the output; 80 where it is none.
[[nodiscard]] std::size_t terminal_columns();
struct InputLine {
  std::string text;
  bool is_end = false;  // of the input; on a terminal more may come after it
};
// A line of the standard input, where one is there already. Never blocks on a terminal.
[[nodiscard]] std::optional<InputLine> take_line();

// From now on, interrupts (Ctrl-C, a request to end) are counted instead of ending the process; the second
// one does.
void count_interrupts();
[[nodiscard]] int interrupts() noexcept;

}  // namespace silex::platform
