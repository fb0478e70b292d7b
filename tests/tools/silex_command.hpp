// The command as one types it, what it prints and how it ends.
#pragma once

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace silex::test {

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

}  // namespace silex::test
