// What the bits of a silex_id mean, and where fresh ones come from.
//
//   bit 0        0: work, 1: something else
//   bits 1-22    of work: its slot in the store; else 0: a timer, 1: nothing of the runtime's own
//   bits 23-63   a sequence number, of all runtimes of the process
#pragma once

#include <silex/abi.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace silex {

inline constexpr std::size_t kWorkSlots = std::size_t{1} << 22;

inline std::uint64_t next_sequence() noexcept {
  static std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

constexpr silex_id work_id(std::uint64_t sequence, std::size_t slot) noexcept {
  return sequence << 23 | static_cast<silex_id>(slot) << 1;
}
constexpr std::size_t slot_of(silex_id id) noexcept {
  return (id >> 1) & (kWorkSlots - 1);
}

constexpr silex_id timer_id(std::uint64_t sequence) noexcept {
  return sequence << 23 | 1;
}
constexpr bool is_timer(silex_id id) noexcept {
  return (id & (kWorkSlots * 2 - 1)) == 1;
}

// For those who stand on the runtime and name things of theirs.
inline silex_id next_foreign_id() noexcept {
  return next_sequence() << 23 | 3;
}
constexpr bool is_foreign(silex_id id) noexcept {
  return (id & (kWorkSlots * 2 - 1)) == 3;
}

}  // namespace silex
