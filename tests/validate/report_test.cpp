// The report as people, scripts and CI servers read it, and what is said of a wrong command.
#include "validate_fixture.hpp"

#include <algorithm>

namespace silex::test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ValidateReport : public Validate {
 protected:
  // With another program than ours: what a CI server would make of it.
  static std::string read_xml(const std::string& file, const std::string& expression) {
    const std::string script =
        "import sys, xml.etree.ElementTree as t; suite = t.parse(sys.argv[1]).getroot()[0]; print(" +
        expression + ")";
    const std::string command = "/usr/bin/python3 -c \"" + script + "\" '" + file + "' 2>&1";
    FILE* const pipe = popen(command.c_str(), "r");
    std::string output;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) output += static_cast<char>(c);
    pclose(pipe);
    return output;
  }
};

TEST_F(ValidateReport, HasALineForEachCheckAndASummary) {
  const Ended ended = validate(broken("entry_members"));
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output,
              AllOf(HasSubstr("ok    library.load              The system loads it"),
                    HasSubstr("FAIL  entry.members             the entry is broken: it has no version"),
                    HasSubstr("skip  plugin.init               entry.members did not pass"),
                    HasSubstr("\n8 ok, 1 failed, ")));
  const auto lines = static_cast<std::size_t>(std::count(ended.output.begin(), ended.output.end(), '\n'));
  EXPECT_EQ(lines, all_ids().size() + 2);
}

TEST_F(ValidateReport, NamesTheAdapter) {
  EXPECT_THAT(validate(broken("good") + " --check entry.members --check factory.members").output,
              HasSubstr("silex_adapter_validated.so: the adapter for Host to validate in, version 1.0.0\n"));
}

TEST_F(ValidateReport, IsJsonForScripts) {
  const Report found = report(broken("entry_members"));
  EXPECT_EQ(found.json["plugin"], broken("entry_members"));
  EXPECT_EQ(found.json["summary"]["failed"], 1);
  EXPECT_EQ(found.json["summary"]["ok"].get<std::size_t>() +
                found.json["summary"]["skipped"].get<std::size_t>() + 1,
            all_ids().size());
  const auto& first = found.json["checks"][0];
  EXPECT_EQ(first["id"], "file.loadable");
  EXPECT_EQ(first["severity"], "error");
  EXPECT_EQ(first["result"], "ok");
  EXPECT_GE(first["seconds"].get<double>(), 0);
}

TEST_F(ValidateReport, IsJUnitXmlForCiServers) {
  const std::string file = (folder / "report.xml").string();
  EXPECT_EQ(validate(broken("abi_exceptions") + " --junit " + file).code, 1);
  EXPECT_EQ(read_xml(file, "int(suite.get('tests')) == len(suite), suite.get('failures')"), "True 1\n");
  EXPECT_EQ(
      read_xml(file,
               "[c.get('classname') + '.' + c.get('name') for c in suite if c.find('failure') is not None]"),
      "['abi.exceptions']\n");
  EXPECT_THAT(
      read_xml(file, "[c.find('failure').get('message') for c in suite if c.find('failure') is not None]"),
      HasSubstr("left get_factory()"));
  EXPECT_EQ(
      read_xml(file, "int(suite.get('skipped')) == len([c for c in suite if c.find('skipped') is not None])"),
      "True\n");
}

TEST_F(ValidateReport, OfSomeChecksHasThoseAlone) {
  const Report found = report(broken("good") + " --check entry.size --check file.loadable");
  EXPECT_THAT(found.ids("ok"), ElementsAre("entry.size", "file.loadable"));
  EXPECT_EQ(found.json["checks"].size(), 2U);
}

TEST_F(ValidateReport, ListsTheChecksWithTheirMeaning) {
  const Ended ended = validate("--list");
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(
      ended.output,
      AllOf(HasSubstr("adapter.wake              error    wake() from any thread is followed by a drain.\n"),
            HasSubstr("factory.file_name         warning  ")));
}

TEST_F(ValidateReport, AWrongCommandIsSaid) {
  EXPECT_EQ(validate("").code, 2);
  EXPECT_EQ(validate("/nowhere.so").code, 2);
  EXPECT_THAT(validate("/nowhere.so").output, HasSubstr("there is no file '/nowhere.so'"));
  EXPECT_EQ(validate(folder.string()).code, 2);
  EXPECT_THAT(validate(folder.string()).output, HasSubstr("is not a file but a folder"));
  EXPECT_EQ(validate(broken("good") + " --check entry.colour").code, 2);
  EXPECT_THAT(validate(broken("good") + " --check entry.colour").output,
              HasSubstr("there is no check 'entry.colour'"));
  EXPECT_EQ(validate(broken("good") + " --check entry.size --junit /nowhere/report.xml").code, 2);
  EXPECT_EQ(run("validate-process").code, 2);
}

// Else what needs a host would be skipped, and all would look well.
TEST_F(ValidateReport, AHostThatIsNotNamedRightlyIsNotLeftOut) {
  for (const char* const options : {" --host=/bin/true", " --host", " --batch", " --isolate"}) {
    const Ended ended = validate(broken("good") + options);
    EXPECT_EQ(ended.code, 2) << options;
    EXPECT_THAT(ended.output, HasSubstr("--")) << options;
  }
  EXPECT_THAT(validate(broken("good") + " --host=/bin/true").output, HasSubstr("--host COMMAND..."));
}

class ValidateInHost : public Validate {};

TEST_F(ValidateInHost, ThatCannotBeStartedIsSaid) {
  const Ended ended = validate(broken("good") + " --host no_such_host --window");
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.output, HasSubstr("'no_such_host' can't be started"));
}

TEST_F(ValidateInHost, ThatDoesNotHaveItselfValidatedIsQuoted) {
  const Ended ended = validate(broken("good") + in_host("silent"));
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.output, AllOf(HasSubstr("without having called silex_validate_turn()"),
                                  HasSubstr("silex/validate.h"), HasSubstr("the host has nothing to say")));
}

TEST_F(ValidateInHost, ThatEndsTooEarlySaysHow) {
  const Ended killed = validate(broken("good") + " --host sh -c 'kill -SEGV $$'");
  EXPECT_EQ(killed.code, 2);
  EXPECT_THAT(killed.output, HasSubstr("the host ended, by SIGSEGV"));
  EXPECT_THAT(validate(broken("good") + " --host sh -c 'exit 3'").output,
              HasSubstr("ended, with the exit code 3, without"));
}

TEST_F(ValidateInHost, ThatEndsWithoutItsHooksIsAFindingOfTheAdapter) {
  const Report found = report(broken("good") + " --check adapter.quit" + in_host("abrupt"));
  EXPECT_THAT(found.ids("failed"), ElementsAre("adapter.quit"));
  EXPECT_THAT(found.text("adapter.quit"), HasSubstr("nobody called quit()"));
}

TEST_F(ValidateInHost, ThatIsAnotherOneIsAFinding) {
  const Report found =
      report(std::string(SILEX_TEST_TOY_ADAPTER) + " --check adapter.size" + in_host("interactive"));
  EXPECT_THAT(found.text("adapter.size"),
              HasSubstr("detect() says that this process, its host as you say, is none"));
}

}  // namespace
}  // namespace silex::test
