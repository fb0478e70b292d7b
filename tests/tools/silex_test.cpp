// What the command prints and how it ends.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

namespace silex::test {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

struct Ended {
  int code;
  std::string output;  // errors, too
};

class SilexCommand : public ::testing::Test {
 protected:
  SilexCommand() { std::filesystem::create_directories(folder); }
  ~SilexCommand() override { std::filesystem::remove_all(folder); }

  // With these variables and no others of ours.
  static Ended run(const std::string& arguments, const std::string& variables = {}) {
    const std::string command = "env -u SILEX_CONFIG -u SILEX_ADAPTER_PATH -u SILEX_ACTION_CONFIG " +
                                variables + " '" SILEX_COMMAND "' " + arguments + " 2>&1";
    FILE* const pipe = popen(command.c_str(), "r");
    Ended ended{-1, {}};
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) ended.output += static_cast<char>(c);
    const int status = pclose(pipe);
    if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
    return ended;
  }
  std::string write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = folder / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
    return file.string();
  }
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / ("silex_command_" + std::to_string(getpid()));
};

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
  EXPECT_THAT(ended.output,
              AllOf(HasSubstr("silex "), HasSubstr("ok    configuration the defaults"),
                    HasSubstr("ok    adapter       toy ("), HasSubstr("wrong adapters      /nowhere"),
                    HasSubstr("ok    actions       0 found"),
                    HasSubstr("wrong service       nobody listens at 127.0.0.1:1")));
}

TEST_F(SilexCommand, DoctorSaysWhyAnAdapterCannotBeLoaded) {
  const Ended ended =
      run("doctor", "SILEX_SERVICE_URL=ws://127.0.0.1:1 SILEX_ADAPTER_PATH=" SILEX_TEST_PLUGINS);
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output, HasSubstr("wrong adapter "));
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
