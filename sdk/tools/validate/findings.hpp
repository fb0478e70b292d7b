// How a check ends before its last line.
#pragma once

#include <string>
#include <utility>

namespace silex::validate {

// The plugin does what it must not. `text`: what, where, and what to do.
struct Finding {
  std::string text;
};
[[noreturn]] inline void fail(std::string text) {
  throw Finding{std::move(text)};
}

// It can't be told here. `text`: why, and where it can.
struct Skipped {
  std::string text;
};
[[noreturn]] inline void skip(std::string text) {
  throw Skipped{std::move(text)};
}

// What it comes to is told later, when the host ends.
struct StillOpen {};

// A C++ exception left a function of the plugin: `what` says which one.
struct Escaped {
  std::string what;
  std::string text;
};

}  // namespace silex::validate
