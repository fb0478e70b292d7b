// What a process and what others are called by.
#include "platform/process.hpp"

#include "platform/uuid.hpp"

#include <cstdlib>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <unistd.h>

namespace silex::platform {
namespace {

TEST(Uuid, IsRandomAndOfVersionFour) {
  std::set<std::string> all;
  for (int i = 0; i < 100; ++i) {
    const std::string uuid = new_uuid();
    EXPECT_THAT(
        uuid, ::testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    EXPECT_TRUE(all.insert(uuid).second);
  }
}

TEST(Process, IsKnownByItsNumber) {
  EXPECT_EQ(static_cast<std::uint64_t>(getpid()), process_id());
}

// Whatever the environment says.
TEST(Process, BelongsToAUserWithAName) {
  const std::string name = user_name();
  EXPECT_FALSE(name.empty());
  setenv("USER", "somebody else", 1);
  EXPECT_EQ(name, user_name());
  if (geteuid() == 0) {
    EXPECT_EQ("root", name);
  }
}

}  // namespace
}  // namespace silex::platform
