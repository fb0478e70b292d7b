// Programs that are run to their end.
#include "platform/child_process.hpp"

#include "platform/environment.hpp"
#include "temporary_folder.hpp"

#include <atomic>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

namespace silex::platform {
namespace {

using commands::TemporaryFolder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Said {
  ChildEnd end;
  std::vector<std::string> output;
  std::vector<std::string> errors;
};

Said run(
    ChildProcess child, const std::function<bool(const Said&)>& stop = [](const Said&) { return false; }) {
  Said result;
  if (child.environment.empty()) child.environment = environment();
  result.end = run_child_process(
      child, [&] { return stop(result); },
      [&](ChildStream stream, std::string_view line) {
        (stream == ChildStream::output ? result.output : result.errors).emplace_back(line);
      });
  return result;
}

Said shell(
    const std::string& script,
    const std::function<bool(const Said&)>& stop = [](const Said&) { return false; }) {
  return run({{"sh", "-c", script}, {}, {}}, stop);
}

bool has_begun(const Said& run) {
  return !run.output.empty();
}

TEST(ChildProcess, SaysItsLinesAndItsExitCode) {
  const Said result = shell("echo one; echo two >&2; printf 'three\\r\\n\\nlast'; exit 3");
  EXPECT_THAT(result.output, ElementsAre("one", "three", "", "last"));
  EXPECT_THAT(result.errors, ElementsAre("two"));
  EXPECT_EQ(3, result.end.exit_code);
  EXPECT_FALSE(result.end.not_started);
}

TEST(ChildProcess, ArgumentsAreNoShellsWords) {
  EXPECT_THAT(run({{"printf", "%s\n", "a b", "$HOME;", ""}, {}, {}}).output,
              ElementsAre("a b", "$HOME;", ""));
}

TEST(ChildProcess, HasTheFolderAndTheEnvironmentThatItIsGiven) {
  const TemporaryFolder folder;
  const Said result =
      run({{"/bin/sh", "-c", "pwd; env | grep -v ^_= | sort"}, folder.path(), {"A=1", "PWD=x"}});
  EXPECT_EQ(folder.path(), result.output.at(0));
  EXPECT_THAT(result.output, ::testing::Contains("A=1"));
  EXPECT_THAT(result.output, ::testing::Not(::testing::Contains(::testing::StartsWith("HOME="))));
}

TEST(ChildProcess, IsLookedUpInThePathThatItIsGiven) {
  const TemporaryFolder folder;
  commands::write(folder / "tool", "#!/bin/sh\necho found\n");
  ChildProcess child{{"tool"}, {}, {"PATH=/nowhere:" + folder.path().string()}};
  EXPECT_EQ(std::errc::permission_denied, run(child).end.not_started);
  commands::fs::permissions(folder / "tool", commands::fs::perms(0755));
  EXPECT_THAT(run(child).output, ElementsAre("found"));
}

TEST(ChildProcess, AProgramThatIsNotThereIsNotStarted) {
  for (const char* name : {"silex-no-such-program", "/no/such/program", ""}) {
    const Said result = run({{name}, {}, {}});
    EXPECT_TRUE(result.end.not_started) << name;
    EXPECT_EQ(std::nullopt, result.end.exit_code);
  }
  EXPECT_EQ(std::errc::invalid_argument, run({{}, {}, {}}).end.not_started);
}

TEST(ChildProcess, ReadsNothingFromTheHost) {
  EXPECT_THAT(shell("cat; echo end").output, ElementsAre("end"));
}

TEST(ChildProcess, MuchOutputIsNeitherLostNorWaitedFor) {
  const Said result = shell("i=0; while [ $i -lt 20000 ]; do echo $i; echo $i >&2; i=$((i+1)); done");
  ASSERT_EQ(20000U, result.output.size());
  ASSERT_EQ(20000U, result.errors.size());
  EXPECT_EQ("19999", result.output.back());
}

TEST(ChildProcess, ALineWithoutEndComesInPieces) {
  const Said result = shell("head -c 300000 /dev/zero | tr '\\0' x");
  std::size_t sum = 0;
  for (const std::string& piece : result.output) sum += piece.size();
  EXPECT_EQ(300000U, sum);
  EXPECT_GT(result.output.size(), 1U);
}

TEST(ChildProcess, EndsWhenItIsAskedTo) {
  const Said result =
      shell("trap 'echo asked; exit 7' TERM; echo begun; while :; do sleep 0.01; done", has_begun);
  EXPECT_TRUE(result.end.stopped);
  EXPECT_EQ(7, result.end.exit_code);
  EXPECT_EQ("asked", result.output.back());
}

TEST(ChildProcess, IsKilledWhereItDoesNotEnd) {
  ChildProcess child{{"sh", "-c", "trap '' TERM; echo begun; while :; do sleep 0.01; done"}, {}, {}};
  child.grace = std::chrono::milliseconds(50);
  const Said result = run(child, has_begun);
  EXPECT_TRUE(result.end.stopped);
  EXPECT_EQ(SIGKILL, result.end.signal);
}

TEST(ChildProcess, WhatItHasStartedIsKilledWithIt) {
  const Said result = shell("sleep 1000 & echo $!; wait", has_begun);
  const auto grandchild = static_cast<pid_t>(std::stoi(result.output.at(0)));
  // Whoever inherits it reaps it soon: until then it is a zombie.
  const auto has_ended = [&] {
    if (kill(grandchild, 0) != 0) return true;
    return commands::read("/proc/" + std::to_string(grandchild) + "/stat").find(" Z ") != std::string::npos;
  };
  const auto late = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!has_ended() && std::chrono::steady_clock::now() < late) std::this_thread::yield();
  EXPECT_TRUE(has_ended());
}

TEST(ChildProcess, WhatItLeavesInTheBackgroundIsNotWaitedFor) {
  const auto begin = std::chrono::steady_clock::now();
  const Said result = shell("sleep 20 & echo $!");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  EXPECT_EQ(0, result.end.exit_code);
  kill(static_cast<pid_t>(std::stoi(result.output.at(0))), SIGKILL);
}

TEST(ChildProcess, SignalsThatAThreadBlocksReachIt) {
  std::thread([] {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    const Said result = shell("echo begun; sleep 1000", has_begun);
    EXPECT_EQ(SIGTERM, result.end.signal);
  }).join();
}

TEST(ChildProcess, AnotherThreadsChildIsLeftAlone) {
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int code = 0; code < 8; ++code) {
    threads.emplace_back([&good, code] {
      for (int i = 0; i < 5; ++i) good += shell("exit " + std::to_string(code)).end.exit_code == code;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(40, good);
}

TEST(ChildProcess, AHostThatIgnoresItsChildrenHidesTheExitCode) {
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  const Said result = shell("echo said; exit 3");
  std::signal(SIGCHLD, before);
  EXPECT_THAT(result.output, ElementsAre("said"));
  EXPECT_EQ(std::nullopt, result.end.exit_code);
}

TEST(ChildProcess, IsKilledWhereALineIsNotTaken) {
  ChildProcess child{{"sh", "-c", "echo begun; exec sleep 1000"}, {}, environment()};
  const auto refuse = [](ChildStream, std::string_view) { throw std::runtime_error("no"); };
  EXPECT_THROW(run_child_process(
                   child, [] { return false; }, refuse),
               std::runtime_error);
}

TEST(Environment, IsSetUnsetAndListed) {
  EXPECT_EQ(std::nullopt, environment_value("SILEX_TEST_VARIABLE"));
  EXPECT_FALSE(set_environment_value("SILEX_TEST_VARIABLE", "1"));
  EXPECT_EQ("1", environment_value("SILEX_TEST_VARIABLE"));
  EXPECT_THAT(environment(), ::testing::Contains("SILEX_TEST_VARIABLE=1"));
  EXPECT_FALSE(set_environment_value("SILEX_TEST_VARIABLE", std::nullopt));
  EXPECT_EQ(std::nullopt, environment_value("SILEX_TEST_VARIABLE"));
  EXPECT_EQ(std::errc::invalid_argument, set_environment_value("A=B", "1"));
}

}  // namespace
}  // namespace silex::platform
