// sdk/docs/silex.yml is what the table of keys says.
#include "config/sample.hpp"

#include "config/key_table.hpp"
#include "load_fixture.hpp"

#include <cstdlib>
#include <regex>

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
  const std::string text = std::regex_replace(sample_file(), std::regex("\n  #(\\w+:)"), "\n  $1");
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
