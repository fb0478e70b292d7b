// A runtime, its log, and a folder of files to feed it: what every specification of the loader starts from.
#pragma once

#include "../plugins/observed.h"

#include <silex/silex.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

namespace silex::test {

// What a function of the ABI returned, with its sentence.
struct Result {
  silex_status status = SILEX_OK;
  std::string sentence;
};
Result result_of(silex_status status);
void PrintTo(const Result& result, std::ostream* out);

MATCHER(Succeeds, "succeeds") {
  return arg.status == SILEX_OK;
}

// With the status, and a sentence that holds each of the parts.
template <typename... Parts>
testing::Matcher<Result> FailsWith(silex_status status, const Parts&... parts) {
  return testing::AllOf(testing::Field("status", &Result::status, status),
                        testing::Field("sentence", &Result::sentence, testing::HasSubstr(parts))...);
}

// One of the libraries of plugins/.
std::filesystem::path plugin_file(const std::string& name);

// Whether the library is mapped into this process.
bool is_mapped(const std::filesystem::path& file);

// What that library exports; nullptr if it is not loaded.
void* symbol_in(const std::filesystem::path& file, const char* symbol);
observed& observed_in(const std::filesystem::path& file);

// An environment variable for a scope; nullptr: not set.
class ScopedEnvironment {
 public:
  ScopedEnvironment(const char* name, const char* value);
  ~ScopedEnvironment();
  ScopedEnvironment(const ScopedEnvironment&) = delete;
  ScopedEnvironment& operator=(const ScopedEnvironment&) = delete;

 private:
  const char* name_;
  bool had_value_;
  std::string old_value_;
};

// Root may read everything: as another user, for a scope.
class AnotherUser {
 public:
  AnotherUser();
  ~AnotherUser();
  AnotherUser(const AnotherUser&) = delete;
  AnotherUser& operator=(const AnotherUser&) = delete;

 private:
  const unsigned was_;
};

class LoaderTest : public testing::Test {
 protected:
  LoaderTest();
  ~LoaderTest() override;
  // Whatever a test has shown the loader: a good plugin still loads, and the runtime still runs.
  void TearDown() override;

  // Another runtime in place of the first one.
  void create_runtime(const char* adapter_path);
  Result destroy_runtime();
  silex_runtime* runtime() { return runtime_; }

  Result load(const std::string& path_or_name, silex_plugin_handle** plugin = nullptr);
  Result load_built(const std::string& plugin) { return load(plugin_file(plugin).string()); }
  Result unload(silex_plugin_handle* plugin);
  Result choose(const char* name);
  // Loads one of the libraries of plugins/ and chooses the adapter in it.
  Result load_and_choose(const std::string& plugin, const char* adapter);
  Result start() { return result_of(silex_runtime_start(runtime_)); }
  Result stop() { return result_of(silex_runtime_stop(runtime_)); }
  // Defers a call, drains it, and tells whether it ran.
  bool runs_a_call();

  const std::filesystem::path& folder() const { return folder_; }
  // A file with that content in the folder.
  std::filesystem::path write_file(const std::string& name, const std::string& content);
  // A copy of one of the libraries of plugins/ under another name, in the folder.
  std::filesystem::path copy(const std::string& plugin, const std::string& name);

  // The messages of that level or above.
  std::vector<std::string> logged(silex_log_level level = SILEX_LOG_WARNING);

 private:
  static void log(void* self, silex_log_level level, const char* message);

  std::filesystem::path folder_;
  std::mutex log_mutex_;
  std::vector<std::pair<silex_log_level, std::string>> log_;
  silex_runtime* runtime_ = nullptr;
};

}  // namespace silex::test
