// Roots with definitions that a test writes, and what is loaded from them.
#pragma once

#include "action/definition/load.hpp"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace silex::action::test {

class DefinitionTest : public testing::Test {
 protected:
  DefinitionTest()
      : folder_(std::filesystem::temp_directory_path() / ("silex_action_" + std::to_string(getpid()))) {
    std::filesystem::remove_all(folder_);
  }
  ~DefinitionTest() override { std::filesystem::remove_all(folder_); }

  // "r1/action/a.yml": the roots are r1, r2 and r3, in this order.
  void write(const std::string& file, const std::string& text) const {
    std::filesystem::create_directories((folder_ / file).parent_path());
    std::ofstream(folder_ / file, std::ios::binary) << text;
  }
  std::optional<ActionDefinition> load(const std::string& name, const std::string& task_type = {},
                                       const std::string& category = "action") {
    findings_ = {};
    return load_definition(SearchPath({folder_ / "r1", folder_ / "r2", folder_ / "r3"}),
                           {name, category, task_type}, findings_);
  }
  // All findings, without the test's folder.
  std::string findings_of(const std::string& name, const std::string& category = "action") {
    EXPECT_FALSE(load(name, {}, category).has_value());
    std::string text = findings_.text();
    const std::string folder = folder_.string() + "/";
    for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
      text.erase(at, folder.size());
    }
    return text;
  }
  // Of an action that is written as r1/action/a.yml.
  std::string findings_in(const std::string& text) {
    write("r1/action/a.yml", text);
    return findings_of("a");
  }

  std::filesystem::path folder_;
  yaml::Findings findings_;
};

}  // namespace silex::action::test
