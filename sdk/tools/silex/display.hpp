// What the terminal shows of actions: bars that are drawn again in their place, or plain lines where the
// output is no terminal. (Debian 12 has no C++ library for progress bars.)
#pragma once

#include "watched_action.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace silex::cli {

// [main-thread]
class Display {
 public:
  // `is_terminal`: whether bars can be drawn.
  explicit Display(bool is_terminal) : is_terminal_(is_terminal) {}
  ~Display() { clear(); }
  Display(const Display&) = delete;
  Display& operator=(const Display&) = delete;

  // Takes over what the actions told, and shows it.
  void update(const std::vector<std::unique_ptr<WatchedAction>>& actions);
  // A line above the bars.
  void say(const std::string& line);

 private:
  void changed(const WatchedAction& action, const ShownCommand& command, const json& part);
  void clear();

  const bool is_terminal_;
  std::size_t drawn_ = 0;                    // lines
  std::string last_;                         // what they are: nothing is drawn twice
  std::map<std::string, std::size_t> said_;  // lines of each command's log
};

// The text, at most so many columns wide. A byte of a character is never cut off from its others.
std::string cut(const std::string& text, std::size_t columns);

}  // namespace silex::cli
