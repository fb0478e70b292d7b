// The adapter in a process that is no Qt application: it is asked, says no, and leaves nothing behind.
#include <silex/silex.hpp>

#include <fstream>
#include <string>

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

bool is_mapped(const std::string& part_of_a_name) {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    if (line.find(part_of_a_name) != std::string::npos) return true;
  }
  return false;
}

TEST(QtElsewhere, AProcessWithoutQtStaysWithoutQt) {
  ASSERT_FALSE(is_mapped("libQt"));
  silex::Runtime runtime;
  EXPECT_THROW(runtime.choose_adapter(), silex::Error);
  EXPECT_THROW(runtime.choose_adapter("qt"), silex::Error);
  EXPECT_FALSE(is_mapped("libQt"));
  EXPECT_FALSE(is_mapped("silex_qt"));
}

// Qt is there, as in a program that uses QtCore for its strings, but there is no application.
TEST(QtElsewhere, QtWithoutAnApplicationIsNoHost) {
  bool had_one = false;
  for (const char* const core : {"libQt5Core.so.5", "libQt6Core.so.6"}) {
    void* const library = dlopen(core, RTLD_NOW | RTLD_LOCAL);
    if (!library) continue;
    had_one = true;
    silex::Runtime runtime;
    EXPECT_THROW(runtime.choose_adapter(), silex::Error) << core;
    dlclose(library);
  }
  if (!had_one) GTEST_SKIP() << "there is no Qt on this machine";
}

}  // namespace
