// silex action, and what shells complete of it.
#include "silex_command.hpp"

#include <array>
#include <cstdlib>

#include <pty.h>

namespace silex::test {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

class SilexAction : public SilexCommand {
 protected:
  SilexAction() {
    write("action/first.yml",
          "first: {steps: {one: {commands: {a: {path: silex.Pass}, "
          "b: {path: silex.Log, parameters: {message: hello}}}}}}");
    write("action/second.yml", "second: {steps: {one: {commands: {a: {path: silex.Pass}}}}}");
    write("action/asks.yml", "asks: {steps: {one: {commands: {a: {path: silex.GetStoredValue}}}}}");
    write(
        "action/fails.yml",
        "fails: {steps: {one: {commands: {a: {path: silex.RunProcess, parameters: {command: ['false']}}}}}}");
    write("action/wrong.yml", "wrong: {steps: {one: {commands: {a: {path: silex.Lag}}}}}");
    write("action/long.yml",
          "long: {steps: {one: {commands: {a: {path: silex.Log, parameters: {message: begun}}, "
          "b: {path: silex.Wait, parameters: {seconds: 1000}}}}}}");
  }
  Ended action(const std::string& arguments) const {
    return run("action " + arguments + " </dev/null", "SILEX_ACTION_CONFIG='" + folder.string() + "'");
  }
};

TEST_F(SilexAction, ListsWhatThereIs) {
  EXPECT_EQ(action("--list").output, "asks\nfails\nfirst\nlong\nsecond\nwrong\n");
  EXPECT_EQ(action("--list --category shelf").output, "");
  const Ended parameters = action("first --list-parameters");
  EXPECT_EQ(parameters.code, 0);
  EXPECT_THAT(parameters.output, HasSubstr("one:b:message  str  \"hello\"  Message\n"));
}

TEST_F(SilexAction, RunsAllOfThemAndSaysHowTheyEnd) {
  const Ended ended = action("first second");
  EXPECT_EQ(ended.code, 0) << ended.output;
  EXPECT_THAT(ended.output,
              AllOf(HasSubstr("First: B: hello\n"), HasSubstr("First: B: completed\n"),
                    HasSubstr("Second: A: completed\n"), EndsWith("First: completed\nSecond: completed\n")));
}

TEST_F(SilexAction, ParametersAreJsonOrText) {
  EXPECT_THAT(action("first --parameter one:b:message=told").output, HasSubstr("First: B: told\n"));
  EXPECT_THAT(action("first --parameter 'b:message=\"quoted\"'").output, HasSubstr("First: B: quoted\n"));
  const Ended nobody = action("first --parameter nobody=1");
  EXPECT_EQ(nobody.code, 2);
  EXPECT_THAT(nobody.output, HasSubstr("no parameter 'nobody'"));
  EXPECT_EQ(action("first --parameter message").code, 2);
}

TEST_F(SilexAction, ANumberThatWouldBeWrittenOtherwiseIsText) {
  for (const char* const text : {"1.10", "1e5", "12345678901234567890123", "42"}) {
    EXPECT_THAT(action("first --parameter message=" + std::string(text)).output,
                HasSubstr("First: B: " + std::string(text) + "\n"));
  }
  write("action/wait.yml", "wait: {steps: {one: {commands: {a: {path: silex.Wait}}}}}");
  EXPECT_EQ(action("wait --parameter seconds=1.0e-2").code, 0) << "cast where a number is wanted";
}

TEST_F(SilexAction, TheContextIsThatOfTheEnvironment) {
  write("action/tasks.yml",
        "tasks: {steps: {one: {commands: {a: {path: silex.Log, parameters: {message: plain}}}}},"
        " tasks: {modeling: {steps: {one: {commands: {a: {parameters: {message: modelled}}}}}}}}");
  const std::string variables = "SILEX_ACTION_CONFIG='" + folder.string() + "' SILEX_CONTEXT=";
  EXPECT_THAT(run("action tasks", variables + "'{\"task_type\": \"modeling\"}'").output,
              HasSubstr("A: modelled\n"));
  EXPECT_THAT(run("action tasks", variables).output, HasSubstr("A: plain\n"));
  const Ended wrong = run("action tasks", variables + "'[1]'");
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.output, HasSubstr("SILEX_CONTEXT is no JSON object: [1]\n"));
}

TEST_F(SilexAction, WhatIsInsertedIsSaidInTheOrderInWhichItRuns) {
  write("action/it.yml",
        "it: {steps: {a: {index: 10, commands: {d: {path: silex.IterateAction, parameters:"
        " {actions: [first], values: [1, 2], parameter: 'one:b:message'}}}},"
        " e: {index: 20, commands: {last: {path: silex.Log, parameters: {message: last}}}}}}");
  const std::string output = action("it --batch").output;
  EXPECT_LT(output.find("B: 1\n"), output.find("B: 2\n")) << output;
  EXPECT_LT(output.find("B: 2\n"), output.find("Last: last\n")) << output;
}

TEST_F(SilexAction, StepsThatNobodyCanLetGoOnAreGivenUp) {
  const Ended ended = action("first --step-by-step");
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.output, HasSubstr("First: the input has ended, and nobody can press Enter\n"));
}

TEST_F(SilexAction, EachThatAsksWhereNobodyIsThereIsGivenUp) {
  write("action/asks_too.yml", "asks_too: {steps: {one: {commands: {a: {path: silex.GetStoredValue}}}}}");
  const Ended ended = action("asks asks_too second");
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output, EndsWith("Asks: cancelled\nAsks Too: cancelled\nSecond: completed\n"));
}

TEST_F(SilexAction, AFailureIsSaidAndOneOfItsExitCodes) {
  const Ended ended = action("fails");
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.output,
              HasSubstr("Fails: failed at one:a: the program 'false' ended with the exit code 1"));
}

TEST_F(SilexAction, WhatNobodyCanAnswerIsSaid) {
  const Ended asks = action("asks");
  EXPECT_EQ(asks.code, 1);
  EXPECT_THAT(asks.output, HasSubstr("'one:a:key' has no value: give it with --parameter one:a:key=VALUE"));
  const Ended batch = action("asks --batch");
  EXPECT_EQ(batch.code, 1);
  EXPECT_THAT(batch.output, HasSubstr("the parameter 'key' has no value"));
}

TEST_F(SilexAction, AWrongDefinitionIsSaidWithItsPlace) {
  const Ended ended = action("wrong");
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.output, AllOf(HasSubstr("wrong.yml:1:"), HasSubstr("did you mean 'silex.Log'?")));
  EXPECT_THAT(action("frist").output, HasSubstr("did you mean 'first'?"));
  EXPECT_EQ(action("").code, 2);
}

// On a terminal of its own: what it shows, once it has been written `when_seen` and given `input`.
class Terminal {
 public:
  Terminal(const std::string& folder, const std::string& arguments) {
    pid_ = forkpty(&terminal_, nullptr, nullptr, nullptr);
    if (pid_ != 0) return;
    setenv("SILEX_ACTION_CONFIG", folder.c_str(), 1);
    const std::string command = "exec '" SILEX_COMMAND "' action " + arguments;
    execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    _exit(127);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal() { close(terminal_); }

  // Reads until it shows this: whether it did before its end.
  bool shows(const std::string& text) {
    while (shown_.find(text) == std::string::npos) {
      if (!read_more()) return false;
    }
    return true;
  }
  void type(const std::string& text) const {
    ASSERT_EQ(::write(terminal_, text.data(), text.size()), std::ssize(text));
  }
  Ended end() {
    while (read_more()) {
    }
    int status = 0;
    waitpid(pid_, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, shown_};
  }

 private:
  bool read_more() {
    std::array<char, 4096> buffer{};
    const ssize_t count = ::read(terminal_, buffer.data(), buffer.size());
    if (count > 0) shown_.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0;
  }
  int terminal_ = -1;
  pid_t pid_ = -1;
  std::string shown_;
};

TEST_F(SilexAction, ATerminalShowsBarsAndThenHowTheyEnded) {
  const Ended ended = Terminal(folder.string(), "first second").end();
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.output,
              AllOf(HasSubstr("[########################] 100 %"), Not(HasSubstr("B: completed")),
                    EndsWith("First: completed\r\nSecond: completed\r\n")));
}

TEST_F(SilexAction, ATerminalIsAsked) {
  Terminal terminal(folder.string(), "asks");
  ASSERT_TRUE(terminal.shows("Key (str): "));
  terminal.type("typed\n");
  ASSERT_TRUE(terminal.shows("Key Suffix (str) []: "));
  terminal.type("\n");
  const Ended ended = terminal.end();
  EXPECT_EQ(ended.code, 0) << ended.output;
}

TEST_F(SilexAction, TheEndOfTheInputCancels) {
  Terminal terminal(folder.string(), "asks");
  ASSERT_TRUE(terminal.shows("Key (str): "));
  terminal.type("\x04");
  const Ended ended = terminal.end();
  EXPECT_EQ(ended.code, 3) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("Asks: cancelled"));
}

TEST_F(SilexAction, AnInterruptCancels) {
  Terminal terminal(folder.string(), "long");
  ASSERT_TRUE(terminal.shows("Long: A: begun"));
  terminal.type("\x03");
  const Ended ended = terminal.end();
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.output, HasSubstr("Long: cancelled"));
}

TEST_F(SilexAction, StepByStepWaitsForEnter) {
  Terminal terminal(folder.string(), "first --step-by-step");
  ASSERT_TRUE(terminal.shows("First: next is B: press Enter"));
  terminal.type("\n");
  EXPECT_EQ(terminal.end().code, 0);
}

TEST_F(SilexAction, StepByStepAsksForOneActionAfterTheOther) {
  Terminal terminal(folder.string(), "first first --step-by-step");
  ASSERT_TRUE(terminal.shows("First: next is B: press Enter"));
  terminal.type("\n");
  terminal.type("\n");
  const Ended ended = terminal.end();
  EXPECT_EQ(ended.code, 0);
  std::size_t asked = 0;
  for (auto at = ended.output.find("press Enter"); at != std::string::npos;
       at = ended.output.find("press Enter", at + 1))
    ++asked;
  EXPECT_EQ(asked, 2U) << ended.output;
}

TEST_F(SilexCommand, CompletionsAreScriptsOfTheirShells) {
  const std::string script = write("completion.sh", run("completion bash").output);
  EXPECT_EQ(std::system(("bash -n '" + script + "'").c_str()), 0);
  EXPECT_THAT(run("completion zsh").output, HasSubstr("bashcompinit"));
  EXPECT_THAT(run("completion fish").output, HasSubstr("complete -c silex"));
  EXPECT_EQ(run("completion cmd").code, 2);
}

}  // namespace
}  // namespace silex::test
