// Journal: what happened in a schedule, and the first promise that was broken in it.
#pragma once

#include <cstddef>
#include <mutex>
#include <stdexcept>
#include <string>

namespace silex::testkit {

namespace detail {

// What a promise that was broken throws.
struct BrokenPromise : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Where a schedule is: lines, and the first promise that was broken, by whichever thread.
class Journal {
 public:
  void write(unsigned depth, const std::string& line) {
    const std::lock_guard lock(mutex_);
    text_ += std::string(2 + 2 * std::size_t{depth}, ' ') + line + "\n";
  }
  void broken(const std::string& promise) {
    const std::lock_guard lock(mutex_);
    if (broken_.empty()) broken_ = promise;
  }
  [[nodiscard]] std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }
  void check() const {
    const std::lock_guard lock(mutex_);
    if (!broken_.empty()) throw BrokenPromise(broken_);
  }

 private:
  mutable std::mutex mutex_;
  std::string text_;
  std::string broken_;
};

}  // namespace detail

}  // namespace silex::testkit
