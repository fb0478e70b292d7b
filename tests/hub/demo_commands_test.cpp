// What the demo's commands do to folders that users name: they may name some that are theirs.
#include "../commands/temporary_folder.hpp"

#include <silex/action.hpp>
#include <silex/silex.hpp>

#include <map>
#include <memory>
#include <string>
#include <utility>

#include <gmock/gmock.h>

namespace {

namespace fs = std::filesystem;
using silex::commands::read;
using silex::commands::write;
using ::testing::AllOf;
using ::testing::HasSubstr;

class DemoCommands : public ::testing::Test {
 protected:
  void SetUp() override {
    runtime_.start();
    fs::create_directory(folder_ / "mine");
    write(folder_ / "mine/notes.txt", "mine");
    before_ = folder_.contents();
  }
  // Makes two plates in `make`, and copies them, or what is in `from`, to `to`.
  std::unique_ptr<silex::Action> copy_files(const std::string& make, const std::string& to,
                                            const std::string& from = "") {
    auto action =
        std::make_unique<silex::Action>(runtime_.context(), "copy_files",
                                        silex::ActionOptions{.roots = SILEX_TEST_DEFINITIONS, .batch = true});
    action->set("make:plates:count", 2);
    action->set("make:plates:folder", (folder_ / make).string());
    if (!from.empty()) action->set("copy:copy:from", (folder_ / from).string());
    action->set("copy:copy:to", (folder_ / to).string());
    action->set("copy:copy:megabytes_per_second", 1000);
    return action;
  }

  silex::commands::TemporaryFolder folder_;
  std::map<std::string, std::string> before_;
  silex::Runtime runtime_{{.adapter_path = SILEX_TEST_DEMO_PACK}};
};

TEST_F(DemoCommands, WhatTheyMakeIsTakenBackWithTheirFolders) {
  const auto action = copy_files("plates", "share/");
  const silex::ActionOutcome outcome = action->execute().wait();
  ASSERT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_EQ(fs::file_size(folder_ / "share/run_1/plate.1002.exr"), 1U << 20U);
  action->undo(true).wait();
  EXPECT_EQ(folder_.contents(), before_);
}

TEST_F(DemoCommands, ASecondRunHasFoldersOfItsOwn) {
  const auto first = copy_files("plates", "share");
  ASSERT_EQ(first->execute().wait().end, SILEX_ACTION_COMPLETED);
  const auto after_first = folder_.contents();
  const auto second = copy_files("plates", "share");
  const silex::ActionOutcome outcome = second->execute().wait();
  EXPECT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_TRUE(fs::exists(folder_ / "share/run_2/plate.1002.exr"));
  second->undo(true).wait();
  EXPECT_EQ(folder_.contents(), after_first);
  first->undo(true).wait();
  EXPECT_EQ(folder_.contents(), before_);
}

TEST_F(DemoCommands, AnActionThatWasUndoneRunsAgain) {
  const auto action = copy_files("plates", "share");
  action->execute().wait();
  action->undo(true).wait();
  const silex::ActionOutcome outcome = action->execute().wait();
  EXPECT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  action->undo(true).wait();
  EXPECT_EQ(folder_.contents(), before_);
}

TEST_F(DemoCommands, AFolderThatWasThereStaysWithItsFiles) {
  const auto action = copy_files("mine", "mine", "nowhere");
  EXPECT_EQ(action->execute().wait().end, SILEX_ACTION_FAILED);  // before anything is copied
  EXPECT_TRUE(fs::exists(folder_ / "mine/run_1/plate.1001.exr"));
  action->undo(true).wait();
  EXPECT_EQ(folder_.contents(), before_);
}

TEST_F(DemoCommands, WhatOthersPutInTheirFolderStays) {
  const auto action = copy_files("plates", "share");
  action->execute().wait();
  write(folder_ / "share/run_1/notes.txt", "mine too");
  action->undo(true).wait();
  EXPECT_EQ(read(folder_ / "share/run_1/notes.txt"), "mine too");
  EXPECT_EQ(folder_.count(), before_.size() + 3);
}

TEST_F(DemoCommands, WhatWasThereIsNeitherWrittenNorTakenBack) {
  fs::create_directory(folder_ / "mine/run_1");
  write(folder_ / "mine/run_1/plate.1002.exr", "my plate");
  write(folder_ / "mine/run_2", "a file of mine");
  fs::create_symlink("nowhere", folder_ / "mine/run_3");
  before_ = folder_.contents();
  for (const auto& [make, to] : {std::pair{"mine", "share"}, std::pair{"plates", "mine"}}) {
    const auto action = copy_files(make, to);
    const silex::ActionOutcome outcome = action->execute().wait();
    EXPECT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
    EXPECT_TRUE(fs::exists(folder_ / "mine/run_4/plate.1002.exr"));
    EXPECT_TRUE(read(folder_ / "mine/run_1/plate.1002.exr") == "my plate");  // not a megabyte of x
    action->undo(true).wait();
    EXPECT_EQ(folder_.contents(), before_);
  }
}

TEST_F(DemoCommands, WhatFailedHalfWayGoesOnOverItsOwnFiles) {
  fs::create_directory(folder_ / "mine/z");  // behind the notes, and no file to be copied
  const auto action = copy_files("plates", "share", "mine");
  EXPECT_EQ(action->execute().wait().end, SILEX_ACTION_FAILED);
  EXPECT_EQ(read(folder_ / "share/run_1/notes.txt"), "mine");
  fs::remove(folder_ / "mine/z");
  const silex::ActionOutcome outcome = action->execute().wait();
  EXPECT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_FALSE(fs::exists(folder_ / "share/run_2"));
  action->undo(true).wait();
  EXPECT_EQ(folder_.contents(), before_);
}

TEST_F(DemoCommands, AFileThatOthersPutInTheirFolderIsNotOverwritten) {
  fs::create_directory(folder_ / "mine/z");
  const auto action = copy_files("plates", "share", "mine");
  EXPECT_EQ(action->execute().wait().end, SILEX_ACTION_FAILED);
  fs::remove(folder_ / "mine/z");
  write(folder_ / "mine/plate.exr", "mine");
  write(folder_ / "share/run_1/plate.exr", "another's");
  const silex::ActionOutcome outcome = action->execute().wait();
  EXPECT_EQ(outcome.end, SILEX_ACTION_FAILED);
  EXPECT_THAT(outcome.message,
              AllOf(HasSubstr((folder_ / "share/run_1/plate.exr").string()), HasSubstr("is there already")));
  action->undo(true).wait();
  EXPECT_EQ(read(folder_ / "share/run_1/plate.exr"), "another's");
}

}  // namespace
