#include "loader_test.hpp"

#include <cstdlib>
#include <fstream>
#include <ostream>
#include <stdexcept>

#include <dlfcn.h>
#include <unistd.h>

namespace silex::test {

namespace fs = std::filesystem;

Result result_of(silex_status status) {
  return {status, status == SILEX_OK ? "" : silex_last_error()->message};
}

void PrintTo(const Result& result, std::ostream* out) {
  *out << silex_status_name(result.status) << ": " << result.sentence;
}

fs::path plugin_file(const std::string& name) {
  return fs::path(SILEX_TEST_PLUGINS) / (name + ".so");
}

bool is_mapped(const fs::path& file) {
  const std::string path = fs::canonical(file).string();
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    if (line.ends_with(path)) return true;
  }
  return false;
}

void* symbol_in(const fs::path& file, const char* symbol) {
  void* const library = dlopen(file.c_str(), RTLD_LAZY | RTLD_NOLOAD);
  if (!library) return nullptr;
  void* const found = dlsym(library, symbol);
  dlclose(library);
  return found;
}

observed& observed_in(const fs::path& file) {
  void* const found = symbol_in(file, "observed");
  if (!found) throw std::runtime_error(file.string() + " is not loaded");
  return *static_cast<observed*>(found);
}

ScopedEnvironment::ScopedEnvironment(const char* name, const char* value) : name_(name) {
  const char* old = std::getenv(name);
  had_value_ = old != nullptr;
  if (old) old_value_ = old;
  value ? setenv(name, value, 1) : unsetenv(name);
}

ScopedEnvironment::~ScopedEnvironment() {
  had_value_ ? setenv(name_, old_value_.c_str(), 1) : unsetenv(name_);
}

AnotherUser::AnotherUser() : was_(geteuid()) {
  constexpr uid_t nobody = 65534;
  if (was_ == 0 && seteuid(nobody) != 0) throw std::runtime_error("can't become another user");
}

AnotherUser::~AnotherUser() {
  if (was_ == 0 && seteuid(was_) != 0) std::abort();
}

LoaderTest::LoaderTest() {
  std::string pattern = (fs::temp_directory_path() / "silex-loader-XXXXXX").string();
  if (!mkdtemp(pattern.data())) throw std::runtime_error("no folder for the test");
  folder_ = pattern;
  create_runtime("");
}

LoaderTest::~LoaderTest() {
  destroy_runtime();
  std::error_code ignored;
  fs::permissions(folder_, fs::perms::owner_all, ignored);
  fs::remove_all(folder_, ignored);
}

void LoaderTest::TearDown() {
  if (!runtime_) return;
  EXPECT_THAT(stop(), Succeeds());
  const auto copied = copy("usable", "usable.so");
  EXPECT_THAT(load(copied.string()), Succeeds()) << "the loader is not usable any more";
  EXPECT_THAT(choose("usable"), Succeeds());
  EXPECT_THAT(start(), Succeeds()) << "the runtime is not usable any more";
  EXPECT_TRUE(runs_a_call());
  EXPECT_THAT(stop(), Succeeds());
}

void LoaderTest::create_runtime(const char* adapter_path) {
  destroy_runtime();
  silex_options options{};
  options.size = sizeof options;
  options.adapter_path = adapter_path;
  options.log_sink = &log;
  options.log_data = this;
  if (silex_runtime_create(&options, &runtime_) != SILEX_OK) throw std::runtime_error("no runtime");
}

Result LoaderTest::destroy_runtime() {
  return result_of(silex_runtime_destroy(std::exchange(runtime_, nullptr)));
}

Result LoaderTest::load(const std::string& path_or_name, silex_plugin_handle** plugin) {
  return result_of(silex_plugin_load(runtime_, path_or_name.c_str(), plugin));
}

Result LoaderTest::unload(silex_plugin_handle* plugin) {
  return result_of(silex_plugin_unload(runtime_, plugin));
}

Result LoaderTest::choose(const char* name) {
  return result_of(silex_adapter_choose(runtime_, name));
}

Result LoaderTest::load_and_choose(const std::string& plugin, const char* adapter) {
  const Result loaded = load_built(plugin);
  return loaded.status == SILEX_OK ? choose(adapter) : loaded;
}

bool LoaderTest::runs_a_call() {
  bool ran = false;
  silex_work work{};
  work.size = sizeof work;
  work.data = &ran;
  work.run = [](void* data, const silex_scope*) -> silex_status {
    *static_cast<bool*>(data) = true;
    return SILEX_OK;
  };
  if (silex_defer(runtime_, &work, nullptr) != SILEX_OK) return false;
  return silex_drain(runtime_, nullptr) == SILEX_OK && ran;
}

fs::path LoaderTest::write_file(const std::string& name, const std::string& content) {
  const fs::path file = folder_ / name;
  std::ofstream(file, std::ios::binary) << content;
  return file;
}

fs::path LoaderTest::copy(const std::string& plugin, const std::string& name) {
  fs::copy_file(plugin_file(plugin), folder_ / name, fs::copy_options::overwrite_existing);
  return folder_ / name;
}

std::vector<std::string> LoaderTest::logged(silex_log_level level) {
  const std::lock_guard lock(log_mutex_);
  std::vector<std::string> messages;
  for (const auto& [its_level, message] : log_) {
    if (its_level >= level) messages.push_back(message);
  }
  return messages;
}

void LoaderTest::log(void* self, silex_log_level level, const char* message) {
  auto* const test = static_cast<LoaderTest*>(self);
  const std::lock_guard lock(test->log_mutex_);
  test->log_.emplace_back(level, message);
}

}  // namespace silex::test
