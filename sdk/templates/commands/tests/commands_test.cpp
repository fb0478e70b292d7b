// The commands in a real runtime, without a host: silex/testing.hpp.
#include <silex/action.hpp>
#include <silex/silex.hpp>
#include <silex/testing.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using silex::testkit::Completed;
using silex::testkit::Harness;
using silex::testkit::Outcome;

// Executes the action with this file, and takes all of it back where `undo` says so: what was written.
Outcome<std::string> run(const std::filesystem::path& file, bool undo) {
  Harness harness({.stopped_clock = false, .runtime = {.adapter_path = PACKS}});
  return harness.finish(harness.runtime().spawn("test", [&](silex::Context context) -> silex::task<std::string> {
    silex::Action action(context, "@name@_note", {.roots = ACTIONS, .batch = true});
    action.set("note:write:file", file.string());
    const silex::ActionOutcome done = co_await action.execute();
    std::string written;
    std::getline(std::ifstream(file), written);
    if (undo) co_await action.undo(true);
    co_return done.message.empty() ? written : done.message;
  }));
}

const std::filesystem::path file = std::filesystem::path(testing::TempDir()) / "silex_@name@_note.txt";

TEST(CommandsTest, WriteNoteWritesItsText) {
  EXPECT_THAT(run(file, false), Completed("written by @name@"));
  std::filesystem::remove(file);
}

TEST(CommandsTest, WriteNoteIsTakenBack) {
  EXPECT_THAT(run(file, true), Completed("written by @name@"));
  EXPECT_FALSE(std::filesystem::exists(file));
}

}  // namespace
