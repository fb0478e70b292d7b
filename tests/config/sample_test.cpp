// sdk/docs/silex.yml is what the table of keys says.
#include "config/sample.hpp"

#include "config/key_table.hpp"
#include "load_fixture.hpp"

#include <cstdlib>
#include <string>

namespace silex::config::test {
namespace {

using Sample = LoadTest;

TEST_F(Sample, IsTheFileThatShips) {
  if (std::getenv("SILEX_TEST_RENEW") != nullptr) std::ofstream(SILEX_TEST_SAMPLE) << sample_file();
  EXPECT_EQ(silex::test::Folder::read(SILEX_TEST_SAMPLE), sample_file())
      << "renew it with cmake --build build/dev --target renew_config_sample";
}

TEST_F(Sample, AsItStandsChangesNothing) {
  Config config = load(sample_file());
  EXPECT_TRUE(findings_.empty()) << findings_.text();
  EXPECT_EQ(config.log.level, std::nullopt);
}

TEST_F(Sample, WithoutItsCommentMarksHasEveryKeyAndItsDefault) {
  std::string text = sample_file();
  // "  #key:", where a comment has a space behind its mark.
  for (std::size_t at = text.find("\n  #"); at != std::string::npos; at = text.find("\n  #", at + 1)) {
    if (text[at + 4] != ' ') text.erase(at + 3, 1);
  }
  Config config = load(text);
  EXPECT_TRUE(findings_.empty()) << findings_.text();
  Config defaults;
  for (const Key& key : keys()) {
    EXPECT_EQ(write_value(key.field, config), write_value(key.field, defaults)) << key.name;
    EXPECT_NE(text.find("\n  " + std::string(key.name) + ": "), std::string::npos) << key.name;
  }
}

}  // namespace
}  // namespace silex::config::test
