// The adapters of this tree, by the same checks: that of the test host in it, the others where no host is.
#include "validate_fixture.hpp"

namespace silex::test {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

class ValidateOurs : public Validate {
 protected:
  static Report expect_fine(const std::string& arguments) {
    Report found = report("--patience 20 " + arguments);
    EXPECT_EQ(found.code, 0);
    for (const std::string& id : found.ids("failed")) ADD_FAILURE() << id << ": " << found.text(id);
    for (const std::string& id : found.ids("noted")) ADD_FAILURE() << id << ": " << found.text(id);
    return found;
  }
};

TEST_F(ValidateOurs, TheTestHostsPassesInItsHost) {
  const Report found = expect_fine(std::string(SILEX_TEST_TOY_ADAPTER) + " --host " + SILEX_TEST_TOY_HOST);
  EXPECT_THAT(found.ids("ok"), Contains("adapter.nested_loop"));
}

TEST_F(ValidateOurs, TheTestHostsPassesInItsHostInBatch) {
  const Report found =
      expect_fine(std::string(SILEX_TEST_TOY_ADAPTER) + " --batch --host " + SILEX_TEST_TOY_HOST + " batch");
  EXPECT_THAT(found.ids("ok"), Contains("adapter.batch"));
}

TEST_F(ValidateOurs, AllPassWhereNoHostIs) {
  for (const char* const adapter :
       {SILEX_TEST_TOY_ADAPTER, SILEX_TEST_MAYA, SILEX_TEST_HOUDINI, SILEX_TEST_BLENDER}) {
    const Report found = expect_fine(adapter);
    EXPECT_THAT(found.ids("ok"), Contains("factory.create_refused"));
    EXPECT_THAT(found.ids("skipped"), Contains("adapter.wake"));
  }
}

}  // namespace
}  // namespace silex::test
