// Rounds of starting and stopping leave no thread, no descriptor and no memory behind.
#include "stress.hpp"

#include <cstddef>
#include <filesystem>
#include <iterator>
#include <thread>

#include <malloc.h>

namespace silex::test {
namespace {

std::ptrdiff_t entries_in(const char* folder) {
  return std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator());
}

// In use, as the allocator counts it; a sanitizer's allocator says 0, and has a check of its own.
std::size_t memory_in_use() {
  return mallinfo2().uordblks + mallinfo2().hblkhd;
}

TEST_F(Stress, StartAndStopLeaveNoThreadNoDescriptorAndNoMemory) {
  create();
  const auto round = [&] {
    ASSERT_EQ(SILEX_OK, silex_runtime_start(runtime));
    Ledger ledger;
    for (int i = 0; i < 100; ++i) {
      ledger.hand_over(runtime, i % 2 ? &silex_submit : &silex_defer, ledger.work());
    }
    silex_drain(runtime, nullptr);
    ASSERT_EQ(SILEX_OK, silex_runtime_stop(runtime));
    EXPECT_EQ(ledger.accepted, ledger.released);
  };
  for (int i = 0; i < 10; ++i) round();  // what is made once is made now
  const auto descriptors = entries_in("/proc/self/fd");
  const auto threads = entries_in("/proc/self/task");
  const auto memory = memory_in_use();
  for (int i = 0; i < 100; ++i) round();
  EXPECT_EQ(descriptors, entries_in("/proc/self/fd"));
  // The kernel lists a thread for a moment longer than join() waits for it: the alarm ends this if it stays.
  while (entries_in("/proc/self/task") > threads) std::this_thread::yield();
  // A tenth of what one round's books would leave behind if each round left them.
  EXPECT_LT(memory_in_use(), memory + 100'000);
}

TEST_F(Stress, RuntimesThatComeAndGoLeaveNothing) {
  const auto descriptors = entries_in("/proc/self/fd");
  for (int i = 0; i < 100; ++i) {
    create();
    if (i % 2) {
      ASSERT_EQ(SILEX_OK, silex_runtime_start(runtime));
    }
    ASSERT_EQ(SILEX_OK, silex_runtime_destroy(runtime));
    runtime = nullptr;
  }
  EXPECT_EQ(descriptors, entries_in("/proc/self/fd"));
}

}  // namespace
}  // namespace silex::test
