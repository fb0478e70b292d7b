// Copy, Move, Rename, Remove and MakeDirectories, as an action calls them.
#include "fake_execution.hpp"
#include "temporary_folder.hpp"

#include <string>

#include <gmock/gmock.h>

namespace silex::commands {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;

class FileCommands : public ::testing::Test {
 protected:
  void SetUp() override {
    write(folder_ / "a.exr", "new a");
    write(folder_ / "b.exr", "new b");
    fs::create_directory(folder_ / "to");
    write(folder_ / "to/a.exr", "old a");
    write(folder_ / "to/b.exr", "old b");
    before_ = folder_.contents();
  }
  void set_sources(FakeExecution& command) const {
    command.parameters["src"] = {(folder_ / "a.exr").string(), (folder_ / "b.exr").string()};
    command.parameters["dst"] = (folder_ / "to").string();
  }
  void expect_texts(const char* a, const char* b) const {
    EXPECT_EQ(a, read(folder_ / "to/a.exr"));
    EXPECT_EQ(b, read(folder_ / "to/b.exr"));
  }

  TemporaryFolder folder_;
  std::map<std::string, std::string> before_;
};

TEST_F(FileCommands, CopyMakesItsFolderAndIsTakenBack) {
  FakeExecution copy("silex.Copy");
  set_sources(copy);
  copy.parameters["dst"] = (folder_ / "x/y/").string();
  const json output = copy.execute();
  EXPECT_EQ(copy.parameters["src"], output["source_paths"]);
  EXPECT_EQ(json::array({(folder_ / "x/y").string(), (folder_ / "x/y").string()}),
            output["destination_dirs"]);
  EXPECT_EQ("new b", read(folder_ / "x/y/b.exr"));
  EXPECT_EQ(100.0, copy.percents.back());
  EXPECT_TRUE(std::is_sorted(copy.percents.begin(), copy.percents.end()));
  EXPECT_TRUE(copy.prompts.empty());
  copy.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(FileCommands, WhatWasDoneToACopySinceIsNotTakenBack) {
  FakeExecution copy("silex.Copy");
  set_sources(copy);
  copy.parameters["force"] = true;
  copy.execute();
  write(folder_ / "to/b.exr", "a day's work");
  EXPECT_THAT(error_of([&] { copy.undo(); }), AllOf(HasSubstr("to/b.exr"), HasSubstr("was changed")));
  expect_texts("old a", "a day's work");
  fs::remove(folder_ / "to/b.exr");
  copy.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(FileCommands, CopyAsksAboutEachConflict) {
  FakeExecution copy("silex.Copy");
  set_sources(copy);
  copy.answers = {{{"conflict_behaviour", 2}}, {{"conflict_behaviour", 0}}};
  copy.execute();
  ASSERT_EQ(2U, copy.prompts.size());
  EXPECT_THAT(copy.prompts[0]["info"]["value"].get<std::string>(),
              HasSubstr((folder_ / "to/a.exr").string()));
  EXPECT_EQ("a_2.exr", copy.prompts[0]["name"]["value"]);
  EXPECT_EQ(true, copy.prompts[0]["name"]["hide"]);
  expect_texts("old a", "new b");
  EXPECT_TRUE(fs::exists(folder_ / "a.exr"));
  copy.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(FileCommands, AlwaysHoldsForTheWholeAction) {
  FakeExecution copy("silex.Copy");
  set_sources(copy);
  copy.answers = {{{"conflict_behaviour", 1}}};
  copy.execute();
  EXPECT_EQ(1U, copy.prompts.size());
  EXPECT_EQ(1, copy.store["file_conflict_behaviour"]);
  expect_texts("new a", "new b");

  FakeExecution next("silex.Copy");
  set_sources(next);
  next.store["file_conflict_behaviour"] = 3;
  write(folder_ / "a.exr", "newer");
  next.execute();
  EXPECT_TRUE(next.prompts.empty());
  expect_texts("new a", "new b");
}

TEST_F(FileCommands, ForceAsksNothing) {
  FakeExecution copy("silex.Copy");
  set_sources(copy);
  copy.parameters["force"] = true;
  copy.store["file_conflict_behaviour"] = 3;
  copy.execute();
  EXPECT_TRUE(copy.prompts.empty());
  expect_texts("new a", "new b");
  copy.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(FileCommands, ANewNameIsAskedForUntilItIsFreeAndAName) {
  FakeExecution copy("silex.Copy");
  set_sources(copy);
  copy.answers = {{{"conflict_behaviour", 4}, {"name", "x/y"}},
                  {{"conflict_behaviour", 4}, {"name", "b"}},
                  {{"conflict_behaviour", 4}, {"name", "c"}},
                  {{"conflict_behaviour", 2}}};
  copy.execute();
  ASSERT_EQ(4U, copy.prompts.size());
  EXPECT_THAT(copy.prompts[1]["info"]["value"].get<std::string>(), HasSubstr("has a '/'"));
  EXPECT_THAT(copy.prompts[2]["info"]["value"].get<std::string>(), HasSubstr("to/b.exr"));
  EXPECT_EQ("new a", read(folder_ / "to/c.exr"));
  expect_texts("old a", "old b");
}

TEST_F(FileCommands, SetupShowsTheNewNameOnlyWhereItIsAskedFor) {
  FakeExecution copy("silex.Copy");
  copy.setup();
  EXPECT_TRUE(copy.edits.empty());
  copy.parameters["name"] = "x";
  for (const int behaviour : {4, 0}) {
    copy.parameters["conflict_behaviour"] = behaviour;
    copy.setup();
    EXPECT_EQ(behaviour != 4, copy.edits.back()["parameters"]["name"]["hide"]);
  }
}

TEST_F(FileCommands, AMissingSourceIsNamedBeforeAnythingIsDone) {
  for (const char* path : {"silex.Copy", "silex.Move"}) {
    FakeExecution command(path);
    set_sources(command);
    command.parameters["dst"] = (folder_ / "x").string();
    command.parameters["src"].push_back((folder_ / "gone").string());
    EXPECT_THAT(error_of([&] { command.execute(); }),
                AllOf(HasSubstr((folder_ / "gone").string()), HasSubstr("does not exist")));
    EXPECT_EQ(before_, folder_.contents());
  }
}

TEST_F(FileCommands, NoSourceAtAllIsAnError) {
  FakeExecution copy("silex.Copy");
  EXPECT_THAT(error_of([&] { copy.execute(); }), HasSubstr("'dst' names no file"));
  copy.parameters["dst"] = (folder_ / "to").string();
  EXPECT_THAT(error_of([&] { copy.execute(); }), HasSubstr("'src' names no file"));
}

TEST_F(FileCommands, TwoSourcesOfOneNameAreRefused) {
  fs::create_directory(folder_ / "other");
  write(folder_ / "other/a.exr", "another a");
  before_ = folder_.contents();
  FakeExecution move("silex.Move");
  move.parameters["src"] = {(folder_ / "a.exr").string(), (folder_ / "other/a.exr").string()};
  move.parameters["dst"] = (folder_ / "x").string();
  move.parameters["force"] = true;
  EXPECT_THAT(error_of([&] { move.execute(); }), HasSubstr("would both become"));
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(FileCommands, ACopyOntoItselfIsRefused) {
  FakeExecution copy("silex.Copy");
  set_sources(copy);
  copy.parameters["dst"] = folder_.path().string();
  copy.parameters["force"] = true;
  EXPECT_THAT(error_of([&] { copy.execute(); }), HasSubstr("is the source and the destination"));
  copy.parameters["src"] = (folder_ / "to").string();
  copy.parameters["dst"] = (folder_ / "to/new").string();
  EXPECT_THAT(error_of([&] { copy.execute(); }), HasSubstr("can't be put into itself"));
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(FileCommands, ACancelledCopyIsTakenBack) {
  write(folder_ / "b.exr", std::string(4'000'000, 'b'));
  before_ = folder_.contents();
  FakeExecution copy("silex.Copy");
  set_sources(copy);
  copy.parameters["force"] = true;
  copy.on_progress = [&] {
    if (copy.percents.back() > 30) copy.cancel();
  };
  EXPECT_THROW(copy.execute(), Cancelled);
  expect_texts("new a", "old b");
  copy.on_progress = [] {};
  copy.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(FileCommands, MoveKeepsBothWhereTheUserKeepsWhatIsThere) {
  FakeExecution move("silex.Move");
  set_sources(move);
  move.answers = {{{"conflict_behaviour", 2}}};  // then override, as in batch
  move.execute();
  EXPECT_EQ("new a", read(folder_ / "a.exr"));
  EXPECT_FALSE(fs::exists(folder_ / "b.exr"));
  expect_texts("old a", "new b");
  EXPECT_THAT(move.logs, Contains(HasSubstr("is kept")));
  move.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(FileCommands, RenameKeepsTheExtension) {
  FakeExecution rename("silex.Rename");
  rename.parameters["src"] = (folder_ / "a.exr").string();
  rename.parameters["name"] = "c";
  EXPECT_EQ(json::array({(folder_ / "c.exr").string()}), rename.execute()["new_paths"]);
  EXPECT_EQ("new a", read(folder_ / "c.exr"));
  rename.undo();
  EXPECT_EQ(before_, folder_.contents());
  rename.parameters["name"] = "c.png";
  EXPECT_EQ(json::array({(folder_ / "c.png").string()}), rename.execute()["new_paths"]);
  rename.undo();
  rename.parameters["src"] = (folder_ / "to").string();
  rename.parameters["name"] = "v1";
  EXPECT_EQ(json::array({(folder_ / "v1").string()}), rename.execute()["new_paths"]);
  rename.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(FileCommands, RenameAsksUnderANameOfItsOwn) {
  FakeExecution rename("silex.Rename");
  rename.parameters["src"] = (folder_ / "a.exr").string();
  rename.parameters["name"] = "b";
  rename.answers = {{{"conflict_behaviour", 4}, {"new_name", "d"}}};
  rename.execute();
  EXPECT_FALSE(rename.prompts.at(0).contains("name"));
  EXPECT_EQ("new a", read(folder_ / "d.exr"));
  rename.undo();
  EXPECT_EQ(before_, folder_.contents());
  rename.parameters["name"] = "../b";
  EXPECT_THAT(error_of([&] { rename.execute(); }), HasSubstr("has a '/'"));
}

TEST_F(FileCommands, RemoveIsTakenBackOrForGood) {
  {
    FakeExecution remove("silex.Remove");
    remove.parameters["file_path"] = {(folder_ / "to").string(), (folder_ / "to/a.exr").string()};
    EXPECT_EQ(json(), remove.execute());
    EXPECT_FALSE(fs::exists(folder_ / "to"));
    remove.undo();
    EXPECT_EQ(before_, folder_.contents());
    remove.parameters["file_path"].push_back((folder_ / "gone").string());
    EXPECT_THAT(error_of([&] { remove.execute(); }), HasSubstr("does not exist"));
    EXPECT_EQ(before_, folder_.contents());
    remove.parameters["file_path"] = (folder_ / "to").string();
    remove.execute();
  }
  EXPECT_EQ(2U, folder_.count());
}

TEST_F(FileCommands, WhatIsForGoodIsRemovedByAWorker) {
  FakeExecution remove("silex.Remove");
  remove.parameters["file_path"] = (folder_ / "to").string();
  remove.execute();
  remove.destroy();
  EXPECT_EQ(before_.size(), folder_.count()) << "the loop only hands it over";
  remove.run_all();
  EXPECT_EQ(2U, folder_.count());
}

TEST_F(FileCommands, MakeDirectoriesMakesThoseOnTheWay) {
  FakeExecution make("silex.MakeDirectories");
  make.parameters["path"] = {(folder_ / "x/y").string(), (folder_ / "to").string()};
  EXPECT_EQ(make.parameters["path"], make.execute()["paths"]);
  EXPECT_TRUE(fs::is_directory(folder_ / "x/y"));
  make.undo();
  EXPECT_EQ(before_, folder_.contents());
}

}  // namespace
}  // namespace silex::commands
