// What the stress tests share: an alarm against hangs, short and long forms, and a generator that can be
// repeated.
#pragma once

#include "ledger.hpp"

#include <silex/silex.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace silex::test {

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SILEX_TSAN 1
#elif __has_feature(address_sanitizer)
#define SILEX_ASAN 1
#endif
#endif
#if defined(SILEX_TSAN) || defined(__SANITIZE_THREAD__)
inline constexpr bool kThreadSanitizer = true;
#else
inline constexpr bool kThreadSanitizer = false;
#endif
#if defined(SILEX_ASAN) || defined(__SANITIZE_ADDRESS__)
inline constexpr bool kAddressSanitizer = true;
#else
inline constexpr bool kAddressSanitizer = false;
#endif

inline bool is_long() {
  return std::getenv("SILEX_TEST_LONG") != nullptr;
}

// Ends the process with a sentence if the test does not end by itself.
class HangAlarm {
 public:
  explicit HangAlarm(unsigned seconds) {
    std::signal(SIGALRM, [](int) {
      constexpr char text[] = "the stress test hangs: it did not end within its time\n";
      static_cast<void>(!write(STDERR_FILENO, text, sizeof text - 1));
      std::abort();
    });
    alarm(seconds);
  }
  ~HangAlarm() { alarm(0); }
  HangAlarm(const HangAlarm&) = delete;
  HangAlarm& operator=(const HangAlarm&) = delete;
};

// The seed of this run: SILEX_TEST_SEED repeats one that failed.
inline unsigned pick_seed() {
  const char* const given = std::getenv("SILEX_TEST_SEED");
  return given ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : std::random_device{}();
}

// A runtime without an adapter, whose main thread is the test's; `options` may be changed before create().
class Stress : public ::testing::Test {
 protected:
  Stress() {
    options.size = sizeof options;
    options.workers = 3;
    options.log_sink = [](void*, silex_log_level, const char*) {};
  }
  ~Stress() override { EXPECT_EQ(SILEX_OK, silex_runtime_destroy(runtime)); }

  void create() { ASSERT_EQ(SILEX_OK, silex_runtime_create(&options, &runtime)); }

  HangAlarm alarm{is_long() ? 1200u : 100u};
  silex_options options{};
  silex_runtime* runtime = nullptr;
};

}  // namespace silex::test
