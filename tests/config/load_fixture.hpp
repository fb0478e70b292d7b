// Loads a configuration from text and from variables that the test sets.
#pragma once

#include "config/load.hpp"
#include "folder.hpp"

#include <map>
#include <string>

#include <gmock/gmock.h>

namespace silex::config::test {

class LoadTest : public testing::Test {
 protected:
  Config load(const std::string& text) {
    findings_ = {};
    file_ = folder_.write("silex.yml", text);
    return config::load(file_, environment(), findings_);
  }
  Config load() {
    findings_ = {};
    return config::load("", environment(), findings_);
  }
  // All findings, without the file's folder.
  std::string findings_in(const std::string& text) {
    load(text);
    std::string found = findings_.text();
    const std::string folder = folder_.path().string() + "/";
    for (std::size_t at = found.find(folder); at != std::string::npos; at = found.find(folder)) {
      found.erase(at, folder.size());
    }
    return found;
  }
  Environment environment() {
    return {[this](const char* name) {
              const auto known = variables_.find(name);
              return known == variables_.end() ? nullptr : known->second.c_str();
            },
            ':'};
  }

  silex::test::Folder folder_;
  std::string file_;
  std::map<std::string, std::string> variables_;
  yaml::Findings findings_;
};

}  // namespace silex::config::test
