// Asks on the terminal what a waiting command wants to know.
#pragma once

#include "watched_action.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace silex::cli {

// The parameters that a waiting command wants, as "step:command:name"; empty where none waits.
std::vector<std::string> wanted_parameters(const WatchedAction& action);

// One round of questions and its answer.
class Questions {
 public:
  // Of the command of `action` that waits.
  explicit Questions(const WatchedAction& action);

  // The next question; nothing once all are answered.
  [[nodiscard]] std::optional<std::string> next() const;
  // "" takes what stands there already.
  void answer(const std::string& line);
  // For Action::answer().
  [[nodiscard]] const json& diff() const noexcept { return diff_; }

 private:
  struct Question {
    std::string step;
    std::string command;
    std::string name;
    json parameter;
  };
  std::vector<Question> questions_;
  std::size_t at_ = 0;
  json diff_ = json::object();
};

// JSON where it is some, else the text; a number that would be written otherwise is text, which is cast where
// a number is wanted.
json value_of(const std::string& text);

}  // namespace silex::cli
