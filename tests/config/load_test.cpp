// A whole file: what is wrong in it, and who wins.
#include "load_fixture.hpp"

namespace silex::config::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

using Load = LoadTest;

TEST_F(Load, WithoutFileAndVariablesGivesTheDefaults) {
  const Config config = load();
  EXPECT_TRUE(findings_.empty());
  EXPECT_EQ(config.service.url, "ws://127.0.0.1:5118");
  EXPECT_EQ(config.runtime.drain_budget, 8ms);
  EXPECT_EQ(config.log.level, std::nullopt);
}

TEST_F(Load, AnEmptyFileAndEmptySectionsChangeNothing) {
  load("");
  EXPECT_TRUE(findings_.empty());
  load("service:\nlog: {}\n");
  EXPECT_TRUE(findings_.empty()) << findings_.text();
}

TEST_F(Load, ReadsListsAndMappings) {
  const Config config = load(
      "service:\n  headers:\n    X-Studio: north\n    X-Seat: 12\nadapters:\n  path:\n    - /a\n    - /b "
      "c\n");
  EXPECT_TRUE(findings_.empty()) << findings_.text();
  EXPECT_THAT(config.service.headers, ElementsAre(Pair("X-Studio", "north"), Pair("X-Seat", "12")));
  EXPECT_THAT(config.adapters.path, ElementsAre("/a", "/b c"));
}

TEST_F(Load, TakesOneFolderWithoutAList) {
  EXPECT_THAT(load("adapters: {path: /a}").adapters.path, ElementsAre("/a"));
}

TEST_F(Load, NamesUnknownSectionsAndKeysAndTheNearestRightOnes) {
  EXPECT_EQ(
      findings_in("sevice:\n  url: ws://a\nlog:\n  levle: INFO\n  colour: red\n"),
      "silex.yml:1:1: the unknown section 'sevice'; allowed: service, reconnect, outbox, runtime, log or "
      "adapters; did you mean 'service'?\n"
      "silex.yml:4:3: the unknown key 'levle'; allowed: level, folder, file_size or files; did you mean "
      "'level'?\n"
      "silex.yml:5:3: the unknown key 'colour'; allowed: level, folder, file_size or files");
}

TEST_F(Load, CollectsAllThatIsWrong) {
  EXPECT_EQ(
      findings_in("service:\n  url: studio\nlog:\n  level: loud\nruntime:\n  workers: [1]\n"),
      "silex.yml:2:8: service.url is 'studio', an address that has no scheme; allowed: ws://host:port or "
      "wss://host:port\n"
      "silex.yml:4:10: log.level is the text 'loud'; allowed: DEBUG, INFO, WARNING, ERROR or CRITICAL\n"
      "silex.yml:6:12: runtime.workers is a list; allowed: a whole number from 0 to 1024");
}

TEST_F(Load, WantsMappings) {
  EXPECT_EQ(findings_in("- a\n"), "silex.yml:1:1: a list; allowed: a mapping of sections");
  EXPECT_EQ(findings_in("service: ws://a\n"),
            "silex.yml:1:10: the text 'ws://a' as the section 'service'; allowed: a mapping");
}

TEST_F(Load, SaysWhereTheSyntaxBreaksAndWhatStandsTwice) {
  EXPECT_THAT(findings_in("service: {url: ws://a\n"), HasSubstr("silex.yml:"));
  EXPECT_THAT(findings_in("log:\n  level: INFO\n  level: DEBUG\n"),
              HasSubstr("silex.yml:3:3: the key 'level' stands here a second time"));
}

TEST_F(Load, AFileThatIsNotThereIsAFinding) {
  config::load((folder_.path() / "none.yml").string(), environment(), findings_);
  EXPECT_THAT(findings_.text(), HasSubstr("none.yml: the file can't be read: No such file"));
}

TEST_F(Load, TheEnvironmentWinsOverTheFile) {
  variables_["SILEX_LOG_LEVEL"] = "error";
  const Config config = load("log: {level: DEBUG, files: 7}");
  EXPECT_EQ(config.log.level, SILEX_LOG_ERROR);
  EXPECT_EQ(config.log.files, 7U);
}

TEST_F(Load, AnEmptyVariableIsNotSet) {
  variables_["SILEX_LOG_LEVEL"] = "";
  EXPECT_EQ(load("log: {level: DEBUG}").log.level, SILEX_LOG_DEBUG);
  EXPECT_TRUE(findings_.empty());
}

TEST_F(Load, AFindingInAVariableNamesTheVariable) {
  variables_["SILEX_SERVICE_CONNECT_TIMEOUT"] = "soon";
  variables_["SILEX_SERVICE_HEADERS"] = "{a: [b]}";
  load();
  EXPECT_EQ(
      findings_.text(),
      "SILEX_SERVICE_CONNECT_TIMEOUT: service.connect_timeout is the text 'soon'; allowed: a duration such "
      "as "
      "250ms, 2s or 1min, from 1ms to 10min\n"
      "SILEX_SERVICE_HEADERS:1:5: service.headers is a list; allowed: a mapping of headers to text, such as "
      "{X-Studio: north}");
}

TEST_F(Load, FoldersInAVariableAreSeparatedAsInPath) {
  variables_["SILEX_ADAPTER_PATH"] = "/a::/b c:";
  EXPECT_THAT(load().adapters.path, ElementsAre("/a", "/b c"));
}

TEST_F(Load, HeadersInAVariableAreAMapping) {
  variables_["SILEX_SERVICE_HEADERS"] = "{X-Studio: north, X-Seat: 12}";
  EXPECT_THAT(load().service.headers, ElementsAre(Pair("X-Studio", "north"), Pair("X-Seat", "12")));
}

TEST_F(Load, TheFirstWaitIsNotMoreThanTheLongest) {
  EXPECT_EQ(
      findings_in("reconnect:\n  first: 10s\n"),
      "silex.yml:2:10: reconnect.first is 10s, which is more than reconnect.longest, 5s; allowed: a first "
      "wait that is not the longest");
}

}  // namespace
}  // namespace silex::config::test
