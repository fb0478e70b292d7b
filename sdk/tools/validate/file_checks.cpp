// The plugin as a file: nothing of it runs yet.
#include "bench.hpp"
#include "platform/library_contents.hpp"
#include "plugin/plugin_file.hpp"

#include <algorithm>
#include <array>

namespace silex::validate {

namespace {

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) text += (i ? ", '" : "'") + names[i] + "'";
  if (names.size() > most) text += " and " + std::to_string(names.size() - most) + " more";
  return text;
}

platform::LibraryContents contents_of(const Bench& bench) {
  const auto contents = platform::read_library(bench.file);
  if (!contents) skip("its tables can't be read: it is no ELF library, or its sections are stripped");
  return *contents;
}

Routine is_loadable(Bench& bench) {
  const Status status = check_plugin_file(bench.file);
  // Permissions have a check of their own.
  if (!status.ok() && status.code() != SILEX_ERROR_LIBRARY_LOAD) fail(status.message());
  co_return;
}

Routine is_ours_alone(Bench& bench) {
  const Status status = check_plugin_file(bench.file);
  if (!status.ok()) fail(status.message());
  co_return;
}

Routine exports_its_entry_alone(Bench& bench) {
  std::vector<std::string> others = contents_of(bench).exports;
  std::erase(others, SILEX_PLUGIN_SYMBOL);
  std::erase_if(others,
                [](const std::string& name) { return name.starts_with("__odr_asan."); });  // a sanitizer's
  if (!others.empty()) {
    fail("it exports " + listed(others) +
         ", which may get in the way of the host's own: hide all but '" SILEX_PLUGIN_SYMBOL
         "', as silex_add_adapter() does");
  }
  co_return;
}

// Of the C and C++ languages themselves: each process has them, or may.
bool is_the_systems(const std::string& name) {
  constexpr std::array<std::string_view, 14> known{
      "libc.so",  "libm.so",      "libdl.so",  "libpthread.so", "librt.so", "libgcc_s.so",  "libstdc++.so",
      "ld-linux", "libatomic.so", "libc++.so", "libc++abi.so",  "ld-musl",  "libunwind.so", "libc.musl"};
  return std::any_of(known.begin(), known.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}
// With the runtime of a sanitizer, nothing is asked of anybody else.
bool is_a_sanitizers(const std::string& name) {
  return name.starts_with("libasan") || name.starts_with("libubsan") || name.starts_with("libtsan") ||
         name.starts_with("libclang_rt");
}

Routine links_nothing(Bench& bench) {
  std::vector<std::string> odd;
  for (const std::string& name : contents_of(bench).needs) {
    if (name.starts_with("libpython")) {
      fail("it needs '" + name +
           "': in a host with another Python, that one is loaded beside it. Find the host's Python at run "
           "time");
    }
    if (name.starts_with("libsilex")) {
      fail("it needs '" + name +
           "': a plugin links nothing of Silex; what it needs comes through silex_host");
    }
    if (!is_the_systems(name) && !is_a_sanitizers(name)) odd.push_back(name);
  }
  if (!odd.empty()) {
    bench.note("it needs " + listed(odd) +
               ": in a process without that, it can't even be asked whether it is the "
               "host. Find the host's functions at run time, or link libraries of your own statically");
  }
  co_return;
}

}  // namespace

void add_file_checks(Bodies& bodies) {
  bodies["file.loadable"] = &is_loadable;
  bodies["file.permissions"] = &is_ours_alone;
  bodies["library.exports"] = &exports_its_entry_alone;
  bodies["library.links"] = &links_nothing;
}

}  // namespace silex::validate
