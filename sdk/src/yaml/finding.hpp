// What is wrong in a file or a variable, collected so that its author sees everything at once.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace silex::yaml {

struct Finding {
  std::string file;  // its path; or the name of an environment variable
  // From 1, in characters; 0 where a place in the file makes no sense.
  int line = 0;
  int column = 0;
  std::string found;    // what was found there
  std::string allowed;  // what may stand there; "" where `found` says it all
  std::string nearest;  // the right name that a wrong one is most like; "" if it is like none
};

// "file:line:column: found; allowed: ...; did you mean '...'?"
std::string to_text(const Finding& finding);

// In the order in which they were found. One thread at a time.
class Findings {
 public:
  // Past the first few hundred an author reads no further, and a hostile file may hold millions.
  static constexpr std::size_t kKept = 200;

  void add(Finding finding);

  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
  // All of them, also those past kKept.
  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  [[nodiscard]] const std::vector<Finding>& kept() const noexcept { return kept_; }

  // The first one, and how many more there are; "" where there is none.
  [[nodiscard]] std::string summary() const;
  // One per line.
  [[nodiscard]] std::string text() const;

 private:
  std::vector<Finding> kept_;
  std::size_t count_ = 0;
};

// "a, b or c"
std::string any_of(const std::vector<std::string_view>& names);

// `text` between quotes, cut where it is long, control characters as '?': for a finding.
std::string in_quotes(std::string_view text);

}  // namespace silex::yaml
