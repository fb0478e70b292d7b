// How many threads of this process have that name.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace silex::net::test {

inline int threads_named(const std::string& wanted) {
  int count = 0;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream file(thread.path() / "comm");
    std::string name;
    std::getline(file, name);
    count += name == wanted ? 1 : 0;
  }
  return count;
}

}  // namespace silex::net::test
