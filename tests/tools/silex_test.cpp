// What the command prints and how it ends.
#include "silex_command.hpp"

#include <filesystem>
#include <fstream>
#include <string>

namespace silex::test {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(SilexCommand, SaysHowItIsUsed) {
  EXPECT_EQ(run("--help").code, 0);
  EXPECT_THAT(run("--help").output, AllOf(HasSubstr("check"), HasSubstr("doctor"), HasSubstr("Ends with 0")));
  EXPECT_EQ(run("").code, 2);
  EXPECT_EQ(run("sing").code, 2);
  EXPECT_EQ(run("check --loudly").code, 2);
  EXPECT_EQ(run("--version").code, 0);
}

TEST_F(SilexCommand, CheckFindsNothingInWhatIsRight) {
  const std::string definitions = SILEX_TEST_DEFINITIONS;
  const Ended ended = run("check", "SILEX_ACTION_CONFIG=" + definitions + "/project:" + definitions +
                                       "/studio:" + definitions + "/base");
  EXPECT_EQ(ended.code, 0) << ended.output;
  EXPECT_THAT(ended.output, EndsWith(" definitions: no errors\n"));
}

TEST_F(SilexCommand, CheckPrintsEveryErrorWithItsPlace) {
  const std::string file =
      write("action/publish.yml", "publish:\n  lable: Publish\n  steps:\n    one: {index: first}\n");
  const Ended ended = run("check " + file);
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output,
              AllOf(HasSubstr(file + ":2:3: "), HasSubstr("did you mean 'label'?"), HasSubstr(file + ":4:"),
                    EndsWith("1 definition: 2 errors in 1 of them\n")));
  EXPECT_EQ(run("check " + folder.string()).output, ended.output);
  EXPECT_EQ(run("check " + (folder / "action").string()).output, ended.output);
}

TEST_F(SilexCommand, CheckKnowsTheCommandsAndSaysOfWhichItKnowsNothing) {
  const std::string file = write("action/publish.yml",
                                 "publish: {steps: {one: {commands: {\n"
                                 "  a: {path: silex.Logg},\n"
                                 "  b: {path: silex.Log, parameters: {mesage: x}},\n"
                                 "  c: {path: silex.Wait, parameters: {seconds: soon}},\n"
                                 "  d: {path: silex_client.commands.log.Log, parameters: {text: x}},\n"
                                 "  e: {path: studio.Own, parameters: {x: 1}}}}}}\n");
  const Ended ended = run("check " + file);
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output,
              AllOf(HasSubstr(file + ":2:"), HasSubstr("did you mean 'silex.Log'?"), HasSubstr(file + ":3:"),
                    HasSubstr("did you mean 'message'?"), HasSubstr(file + ":4:"), HasSubstr(file + ":5:"),
                    HasSubstr("not checked: the parameters of studio.Own, "),
                    EndsWith("1 definition: 4 errors in 1 of them\n")));
}

TEST_F(SilexCommand, CheckLooksAtTheFileThatIsNamed) {
  write("action/one.yml", "one: {label: One}\n");
  const std::string shadowed = write("action/one.yaml", "two: {label: Two}\n");
  EXPECT_EQ(run("check " + shadowed).code, 1);
  EXPECT_THAT(run("check " + shadowed).output, HasSubstr("it is never read, since "));
  const std::string text = write("action/one.txt", "one: {label: One}\n");
  EXPECT_EQ(run("check " + text).code, 2);
  EXPECT_THAT(run("check " + text).output, HasSubstr("is no definition: name a file .yml or .yaml"));
  EXPECT_THAT(run("check " + write("action/co:lon.yml", "a: {}\n")).output,
              HasSubstr("can't be that of an action"));
}

TEST_F(SilexCommand, CheckGoesOnAfterAnEntryThatCannotBeRead) {
  write("action/wrong.yml", "wrong: {label: {}}\n");
  std::filesystem::create_symlink("loop.yml", folder / "action/loop.yml");
  std::filesystem::create_directories(folder / "action/folder.yml");
  const Ended ended = run("check " + folder.string());
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output,
              AllOf(HasSubstr("loop.yml: it is no file that can be read: "),
                    HasSubstr("folder.yml: it is no file that can be read"), HasSubstr("wrong.yml:1:"),
                    EndsWith("3 definitions: 3 errors in 3 of them\n")));
  EXPECT_EQ(run("check " + std::string(300, 'x')).code, 2);
}

TEST_F(SilexCommand, CheckNamesAParentsErrorOnce) {
  write("action/parent.yml", "parent: {steps: {one: {indx: 1}}}\n");
  write("action/one.yml", "one: !inherit {parent: .parent}\n");
  write("action/two.yml", "two: !inherit {parent: .parent}\n");
  EXPECT_THAT(run("check " + folder.string()).output, EndsWith("3 definitions: 1 error in 3 of them\n"));
}

TEST_F(SilexCommand, CheckLooksAtTheCategoryThatIsAskedFor) {
  write("action/right.yml", "right: {label: Right}\n");
  write("submit/wrong.yml", "wrong: {label: {}}\n");
  EXPECT_EQ(run("check " + folder.string()).code, 0);
  EXPECT_EQ(run("check --category submit " + folder.string()).code, 1);
  // From inside the folder, too.
  const std::string inside = "cd " + (folder / "submit").string() + " && ";
  EXPECT_EQ(std::system((inside + "'" SILEX_COMMAND "' check wrong.yml > ../output").c_str()), 1 << 8);
}

TEST_F(SilexCommand, CheckOfNothingSaysSo) {
  EXPECT_EQ(run("check").code, 2);
  EXPECT_THAT(run("check").output, HasSubstr("set SILEX_ACTION_CONFIG"));
  EXPECT_EQ(run("check /nowhere").code, 2);
  EXPECT_THAT(run("check /nowhere").output, HasSubstr("there is no file or folder /nowhere"));
}

TEST_F(SilexCommand, DoctorNamesWhatIsThereAndWhatIsMissing) {
  const Ended ended = run("doctor", "SILEX_ADAPTER_PATH=" SILEX_TEST_TOY_ADAPTER
                                    ":/nowhere "
                                    "SILEX_SERVICE_URL=ws://127.0.0.1:1 SILEX_ACTION_CONFIG=" +
                                        folder.string());
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output, AllOf(HasSubstr("silex "), HasSubstr("ok    configuration the defaults"),
                                  HasSubstr("ok    adapter       toy ("),
                                  HasSubstr("wrong adapters      there is no folder '/nowhere', which"),
                                  HasSubstr("wrong actions       there is none in " + folder.string() + ": "),
                                  HasSubstr("wrong service       nobody listens at 127.0.0.1:1")));
}

TEST_F(SilexCommand, DoctorTellsPacksFromAdapters) {
  const Ended ended =
      run("doctor",
          "SILEX_ACTION_CONFIG= SILEX_SERVICE_URL=ws://127.0.0.1:1 SILEX_ADAPTER_PATH=" SILEX_TEST_PACKS);
  EXPECT_THAT(ended.output,
              AllOf(HasSubstr("ok    commands      test ("), HasSubstr(": test.Adapt, test.Ask, "),
                    HasSubstr("ok    actions       none; "), Not(HasSubstr("ok    adapter "))));
}

TEST_F(SilexCommand, DoctorSaysWhyAnAdapterCannotBeLoaded) {
  const Ended ended =
      run("doctor", "SILEX_SERVICE_URL=ws://127.0.0.1:1 SILEX_ADAPTER_PATH=" SILEX_TEST_PLUGINS);
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output, HasSubstr("wrong adapter "));
}

TEST_F(SilexCommand, DoctorSaysFromWhichFoldersNothingIsLoaded) {
  std::filesystem::create_directories(folder / "open");
  std::filesystem::permissions(folder / "open", std::filesystem::perms::all);
  const Ended ended = run("doctor", "SILEX_SERVICE_URL=ws://127.0.0.1:1 SILEX_ADAPTER_PATH=plugins:" +
                                        (folder / "open").string());
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(
      ended.output,
      AllOf(HasSubstr(
                "wrong adapters      nothing is loaded from 'plugins', a folder of the adapter path: it is "
                "relative"),
            HasSubstr("anyone can write in the folder '" + (folder / "open").string())));
}

TEST_F(SilexCommand, DoctorPrintsEveryErrorOfTheConfiguration) {
  const std::string file = write("silex.yml", "service: {url: mailto:us}\nrutime: {}\n");
  const Ended ended = run("doctor", "SILEX_CONFIG=" + file);
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output,
              AllOf(HasSubstr(file + ":1:"), HasSubstr(file + ":2:1: "), Not(HasSubstr("service      "))));
}

}  // namespace
}  // namespace silex::test
