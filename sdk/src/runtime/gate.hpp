// Lets callers in until it is closed, and knows when the last one has left.
#pragma once

#include "platform/thread.hpp"
#include "runtime/clock.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>

namespace silex {

// Cheaper than a counted reference for each call: what is behind the gate may go once close() has returned.
class Gate {
 public:
  // [any-thread] Never blocks.
  [[nodiscard]] bool enter() noexcept {
    if (!open_.load(std::memory_order_seq_cst)) return false;
    inside_.fetch_add(1, std::memory_order_seq_cst);
    if (open_.load(std::memory_order_seq_cst)) return true;
    leave();
    return false;
  }
  void leave() noexcept { inside_.fetch_sub(1, std::memory_order_seq_cst); }

  void open() noexcept { open_.store(true, std::memory_order_seq_cst); }
  // Lets nobody in any more and waits for those inside: whether all have left within the bound.
  bool close(Duration bound) noexcept {
    open_.store(false, std::memory_order_seq_cst);
    const auto end = std::chrono::steady_clock::now() + bound;
    while (inside_.load(std::memory_order_seq_cst) != 0) {
      if (std::chrono::steady_clock::now() >= end) return false;
      platform::yield();
    }
    return true;
  }
  [[nodiscard]] bool is_open() const noexcept { return open_.load(std::memory_order_seq_cst); }

 private:
  std::atomic<bool> open_{false};
  std::atomic<std::uint32_t> inside_{0};
};

// Enters for a scope.
class GatePass {
 public:
  explicit GatePass(Gate& gate) noexcept : gate_(gate.enter() ? &gate : nullptr) {}
  ~GatePass() {
    if (gate_) gate_->leave();
  }
  GatePass(const GatePass&) = delete;
  GatePass& operator=(const GatePass&) = delete;
  explicit operator bool() const noexcept { return gate_ != nullptr; }

 private:
  Gate* gate_;
};

}  // namespace silex
