// The commands in a real runtime, without a host.
#include <silex/action.hpp>
#include <silex/silex.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace {

class CommandsTest : public testing::Test {
 protected:
  CommandsTest() {
    EXPECT_EQ(silex_plugin_load(runtime.handle(), PACK, nullptr), SILEX_OK)
        << silex_last_error()->message;
    runtime.start();
  }
  // Executes the action with this file, and takes all of it back where `undo` says so.
  std::string run(bool undo) {
    auto task = runtime.spawn("test", [&](silex::Context context) -> silex::task<std::string> {
      silex::Action action(context, "@name@_note", {.roots = ACTIONS, .batch = true});
      action.set("note:write:file", file.string());
      const silex::ActionOutcome done = co_await action.execute();
      std::string written;
      std::getline(std::ifstream(file), written);
      if (undo) co_await action.undo(true);
      co_return done.message.empty() ? written : done.message;
    });
    return task.get();
  }

  const std::filesystem::path file = std::filesystem::path(testing::TempDir()) / "silex_@name@_note.txt";
  silex::Runtime runtime;
};

TEST_F(CommandsTest, WriteNoteWritesItsText) {
  EXPECT_EQ(run(false), "written by @name@");
  std::filesystem::remove(file);
}

TEST_F(CommandsTest, WriteNoteIsTakenBack) {
  EXPECT_EQ(run(true), "written by @name@");
  EXPECT_FALSE(std::filesystem::exists(file));
}

}  // namespace
