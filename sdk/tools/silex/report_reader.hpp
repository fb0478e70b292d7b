// Reads the report of a process that makes checks, while it is written.
#pragma once

#include "validation.hpp"

#include <chrono>
#include <filesystem>
#include <string>

namespace silex::cli {

class ReportReader {
 public:
  ReportReader(std::filesystem::path file, Validation& validation)
      : file_(std::move(file)), validation_(validation) {}

  // Takes over what was written since.
  void update();

  [[nodiscard]] bool has_begun() const noexcept { return has_begun_; }
  // The check that is under way; "" if none is.
  [[nodiscard]] const std::string& check() const noexcept { return check_; }
  // The function of the plugin that was called last in it; "" if none was.
  [[nodiscard]] const std::string& entered() const noexcept { return entered_; }
  // Since the check began, or since the last one ended.
  [[nodiscard]] std::chrono::duration<double> elapsed() const {
    return std::chrono::steady_clock::now() - since_;
  }

 private:
  void take(const std::string& line);

  const std::filesystem::path file_;
  Validation& validation_;
  std::streamoff read_ = 0;
  bool has_begun_ = false;
  std::string check_;
  std::string entered_;
  std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

}  // namespace silex::cli
