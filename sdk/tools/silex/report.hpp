// What `silex doctor` prints: a line per thing that it looked at.
#pragma once

#include <iomanip>
#include <iostream>
#include <string>

namespace silex::cli {

class Report {
 public:
  void fine(const std::string& what, const std::string& line) { print("ok", what, line); }
  // Worth knowing, and no fault.
  void note(const std::string& what, const std::string& line) { print("note", what, line); }
  void wrong(const std::string& what, const std::string& line) {
    print("wrong", what, line);
    is_wrong_ = true;
  }
  [[nodiscard]] bool is_wrong() const noexcept { return is_wrong_; }

 private:
  static void print(const char* mark, const std::string& what, const std::string& line) {
    std::cout << std::left << std::setw(6) << mark << std::setw(14) << what << line << std::endl;
  }
  bool is_wrong_ = false;
};

}  // namespace silex::cli
