// Durations counted by powers of two. Written by one thread at a time, read by any.
#pragma once

#include "runtime/clock.hpp"

#include <silex/metrics.h>

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace silex {

class Histogram {
 public:
  // [one thread at a time] No read-modify-write: this is on the path of every call.
  void add(Duration duration) noexcept {
    const auto ns = static_cast<std::uint64_t>(duration.count() > 0 ? duration.count() : 0);
    const auto bucket = ns == 0 ? 0 : static_cast<std::size_t>(std::bit_width(ns) - 1);
    increase(buckets_[bucket < buckets_.size() ? bucket : buckets_.size() - 1], 1);
    increase(sum_ns_, ns);
    if (ns > max_ns_.load(relaxed)) max_ns_.store(ns, relaxed);
  }

  // [any-thread]
  [[nodiscard]] silex_histogram read() const noexcept {
    silex_histogram result{};
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      result.buckets[i] = buckets_[i].load(relaxed);
      result.count += result.buckets[i];
    }
    result.sum_ns = sum_ns_.load(relaxed);
    result.max_ns = max_ns_.load(relaxed);
    return result;
  }

 private:
  static void increase(std::atomic<std::uint64_t>& counter, std::uint64_t by) noexcept {
    counter.store(counter.load(relaxed) + by, relaxed);
  }

  static constexpr auto relaxed = std::memory_order_relaxed;
  std::array<std::atomic<std::uint64_t>, SILEX_HISTOGRAM_BUCKETS> buckets_{};
  std::atomic<std::uint64_t> sum_ns_{0};
  std::atomic<std::uint64_t> max_ns_{0};
};

}  // namespace silex
