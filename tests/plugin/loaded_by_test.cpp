// Which runtimes have a plugin, as the plugin keeps it.
#include <silex/loaded_by.hpp>

#include <string>

#include <gtest/gtest.h>

namespace silex::test {
namespace {

// A runtime that remembers what it was told.
struct Host {
  std::string told;
  silex_host view{sizeof view, SILEX_ABI_MAJOR, SILEX_ABI_MINOR, "0", this, &set_error, nullptr, nullptr};
  static void set_error(const silex_host* host, const char* message) {
    static_cast<Host*>(host->impl)->told = message;
  }
};

TEST(LoadedBy, TellsARuntimeThatHasThePluginStill) {
  LoadedBy loaded_by;
  Host first;
  Host second;
  ASSERT_EQ(loaded_by.add(&first.view), SILEX_OK);
  ASSERT_EQ(loaded_by.add(&second.view), SILEX_OK);
  loaded_by.set_error("both");
  EXPECT_EQ(first.told + second.told, "both");
  EXPECT_TRUE(loaded_by.remove(&second.view));
  loaded_by.set_error("first alone");
  EXPECT_EQ(first.told, "first alone");
  EXPECT_FALSE(loaded_by.remove(&first.view));
  loaded_by.set_error("nobody");
  EXPECT_EQ(first.told, "first alone");
}

TEST(LoadedBy, ARuntimeThatHasItTwiceGivesItBackTwice) {
  LoadedBy loaded_by;
  Host host;
  ASSERT_EQ(loaded_by.add(&host.view), SILEX_OK);
  ASSERT_EQ(loaded_by.add(&host.view), SILEX_OK);
  EXPECT_TRUE(loaded_by.remove(&host.view));
  EXPECT_FALSE(loaded_by.remove(&host.view));
  EXPECT_FALSE(loaded_by.remove(&host.view)) << "one that never had it changes nothing";
}

}  // namespace
}  // namespace silex::test
