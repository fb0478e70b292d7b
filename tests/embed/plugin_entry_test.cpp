// What an adapter's entry does while the process ends.
#include "embed/plugin_entry.hpp"

#include <cstdlib>

#include <gtest/gtest.h>
#include <unistd.h>

namespace silex::python {
namespace {

silex_host host{};
bool runtime_is_left = false;

// Registered before the statics of this program are made, so that it is called after they are gone: as the
// end of a runtime that was made before its adapter was loaded. What it touches then, AddressSanitizer sees.
__attribute__((constructor(101))) void end_last() {
  std::atexit([] {
    if (runtime_is_left) _exit(deinit_plugin(&host) == SILEX_OK ? 0 : 1);
  });
}

TEST(PluginEntry, ARuntimeMayEndAfterTheStaticsOfTheLibrary) {
  const auto leave_a_runtime = [] {
    init_plugin(&host);
    runtime_is_left = true;
    std::exit(7);
  };
  EXPECT_EXIT(leave_a_runtime(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace silex::python
