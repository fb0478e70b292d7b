// A plugin is loaded once, and its code goes when nobody can call it any more, never before.
#include "support/loader_test.hpp"

#include <atomic>
#include <future>
#include <memory>
#include <thread>

namespace silex::test {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;

class PluginUnload : public LoaderTest {
 protected:
  silex_plugin_handle* load_plugin(const fs::path& file) {
    silex_plugin_handle* plugin = nullptr;
    EXPECT_THAT(load(file.string(), &plugin), Succeeds());
    return plugin;
  }
};

TEST_F(PluginUnload, EndsThePluginAndRemovesItsCode) {
  const fs::path file = copy("good", "good.so");
  silex_plugin_handle* const plugin = load_plugin(file);
  EXPECT_TRUE(is_mapped(file));
  EXPECT_THAT(unload(plugin), Succeeds());
  EXPECT_FALSE(is_mapped(file));
}

TEST_F(PluginUnload, MayBeFollowedByAnotherLoad) {
  const fs::path file = copy("good", "good.so");
  for (int i = 0; i < 3; ++i) {
    silex_plugin_handle* const plugin = load_plugin(file);
    EXPECT_EQ(observed_in(file).inits, 1) << "a fresh library each time";
    EXPECT_THAT(unload(plugin), Succeeds());
  }
}

TEST_F(PluginUnload, TwiceIsRefusedTheSecondTime) {
  silex_plugin_handle* const plugin = load_plugin(plugin_file("good"));
  EXPECT_THAT(unload(plugin), Succeeds());
  EXPECT_THAT(unload(plugin), FailsWith(SILEX_ERROR_NOT_FOUND, "not loaded"));
}

TEST_F(PluginUnload, OfOneHandleNeverHitsAPluginLoadedLater) {
  const fs::path first = copy("good", "first.so");
  const fs::path second = copy("good", "second.so");
  silex_plugin_handle* const stale = load_plugin(first);
  EXPECT_THAT(unload(stale), Succeeds());
  for (int i = 0; i < 16; ++i) {
    silex_plugin_handle* const fresh = load_plugin(second);
    EXPECT_THAT(unload(stale), FailsWith(SILEX_ERROR_NOT_FOUND));
    EXPECT_TRUE(is_mapped(second));
    EXPECT_THAT(unload(fresh), Succeeds());
  }
}

TEST_F(PluginUnload, OfOneThatIsBusyKeepsItsCodeForGood) {
  const fs::path file = copy("busy", "busy.so");
  silex_plugin_handle* const plugin = load_plugin(file);
  const auto answer = reinterpret_cast<int (*)()>(symbol_in(file, "answer"));
  EXPECT_THAT(unload(plugin), FailsWith(SILEX_ERROR_PLUGIN_BUSY, "'busy'", "the host holds its timer"));
  EXPECT_TRUE(is_mapped(file));
  EXPECT_EQ(answer(), 42) << "what the host still holds works";
  EXPECT_THAT(destroy_runtime(), Succeeds());
  EXPECT_EQ(answer(), 42) << "the runtime is gone, the code is not";
}

TEST_F(PluginUnload, OfOneThatIsBusyMayBeFollowedByAnotherLoadOfTheSameCode) {
  const fs::path file = copy("busy", "busy.so");
  EXPECT_THAT(unload(load_plugin(file)), FailsWith(SILEX_ERROR_PLUGIN_BUSY));
  load_plugin(file);
  EXPECT_EQ(observed_in(file).inits, 2) << "the library never went";
}

TEST_F(PluginUnload, WhileItsAdapterIsAttachedIsRefused) {
  const fs::path file = copy("tame", "tame.so");
  silex_plugin_handle* const plugin = load_plugin(file);
  ASSERT_THAT(choose("tame"), Succeeds());
  ASSERT_THAT(start(), Succeeds());
  EXPECT_THAT(unload(plugin), FailsWith(SILEX_ERROR_PLUGIN_BUSY, "'tame'", "stop the runtime"));
  EXPECT_EQ(observed_in(file).deinits, 0);
  EXPECT_TRUE(runs_a_call()) << "nothing was done";
  ASSERT_THAT(stop(), Succeeds());
  EXPECT_THAT(unload(plugin), Succeeds());
  EXPECT_FALSE(is_mapped(file));
  EXPECT_STREQ(silex_adapter_name(runtime()), "") << "its adapter went with it";
}

// The call may be the plugin's own, and would return into code that is gone.
TEST_F(PluginUnload, FromInsideADeferredCallIsRefused) {
  const fs::path file = copy("good", "good.so");
  struct Call {
    silex_runtime* runtime;
    silex_plugin_handle* plugin;
    Result unloaded;
  } call{runtime(), load_plugin(file), {}};
  ASSERT_THAT(start(), Succeeds());
  silex_work work{};
  work.size = sizeof work;
  work.data = &call;
  work.run = [](void* data, const silex_scope*) -> silex_status {
    auto& self = *static_cast<Call*>(data);
    self.unloaded = result_of(silex_plugin_unload(self.runtime, self.plugin));
    return SILEX_OK;
  };
  ASSERT_EQ(silex_defer(runtime(), &work, nullptr), SILEX_OK);
  ASSERT_EQ(silex_drain(runtime(), nullptr), SILEX_OK);
  EXPECT_THAT(call.unloaded, FailsWith(SILEX_ERROR_PLUGIN_BUSY, "inside a deferred call"));
  EXPECT_THAT(unload(call.plugin), Succeeds());
}

// A job of the plugin that does not end in time: what it runs must not be unmapped under it, and what it
// comes back to is there.
TEST_F(PluginUnload, AfterAStopThatLeftAThreadBehindKeepsItsCode) {
  const fs::path file = copy("good", "good.so");
  silex_options options{};
  options.size = sizeof options;
  options.stop_timeout_ns = 10'000'000;
  silex_runtime* impatient = nullptr;
  ASSERT_EQ(silex_runtime_create(&options, &impatient), SILEX_OK);
  silex_plugin_handle* plugin = nullptr;
  ASSERT_EQ(silex_plugin_load(impatient, file.c_str(), &plugin), SILEX_OK);
  ASSERT_EQ(silex_runtime_start(impatient), SILEX_OK);

  struct Job {
    silex_runtime* runtime;
    std::promise<void> begun;
    std::promise<void> may_end;
    std::promise<void> released;
  };
  const auto job = std::make_shared<Job>();
  job->runtime = impatient;
  silex_work work{};
  work.size = sizeof work;
  work.data = new std::shared_ptr<Job>(job);
  work.run = [](void* data, const silex_scope*) -> silex_status {
    Job& self = **static_cast<std::shared_ptr<Job>*>(data);
    self.begun.set_value();
    self.may_end.get_future().wait();
    EXPECT_EQ(silex_log(self.runtime, SILEX_LOG_INFO, "the runtime is gone"), SILEX_OK);
    EXPECT_EQ(silex_cancel(self.runtime, 1), SILEX_ERROR_NOT_RUNNING);
    return SILEX_OK;
  };
  work.release = [](void* data) {
    const std::unique_ptr<std::shared_ptr<Job>> self(static_cast<std::shared_ptr<Job>*>(data));
    (*self)->released.set_value();
  };
  ASSERT_EQ(silex_submit(impatient, &work, nullptr), SILEX_OK);
  job->begun.get_future().wait();
  EXPECT_THAT(result_of(silex_runtime_stop(impatient)), FailsWith(SILEX_ERROR_TIMED_OUT, "a job"));
  EXPECT_THAT(result_of(silex_plugin_unload(impatient, plugin)),
              FailsWith(SILEX_ERROR_PLUGIN_BUSY, "'good'", "thread", "stays loaded"));
  EXPECT_TRUE(is_mapped(file));
  EXPECT_EQ(silex_runtime_destroy(impatient), SILEX_OK);
  job->may_end.set_value();
  job->released.get_future().wait();
}

class LoadedPlugin : public PluginUnload {};

TEST_F(LoadedPlugin, ComesBackWhenItIsLoadedAgain) {
  silex_plugin_handle* const plugin = load_plugin(plugin_file("good"));
  EXPECT_EQ(load_plugin(plugin_file("good")), plugin);
  EXPECT_EQ(observed_in(plugin_file("good")).inits, 1);
}

TEST_F(LoadedPlugin, ComesBackThroughALink) {
  const fs::path file = copy("good", "good.so");
  fs::create_symlink(file, folder() / "link.so");
  fs::create_hard_link(file, folder() / "hard.so");
  silex_plugin_handle* const plugin = load_plugin(file);
  EXPECT_EQ(load_plugin(folder() / "link.so"), plugin);
  EXPECT_EQ(load_plugin(folder() / "hard.so"), plugin);
  EXPECT_EQ(observed_in(file).inits, 1);
}

TEST_F(LoadedPlugin, ByARelativePathIsNotTakenForAnotherFileAfterAChangeOfFolder) {
  const fs::path here = fs::current_path();
  fs::create_directory(folder() / "elsewhere");
  copy("good", "plugin.so");
  copy("busy", "elsewhere/plugin.so");
  fs::current_path(folder());
  silex_plugin_handle* const first = load_plugin("./plugin.so");
  fs::current_path(folder() / "elsewhere");
  silex_plugin_handle* const second = load_plugin("./plugin.so");
  fs::current_path(here);
  EXPECT_STREQ(silex_plugin_name(first), "good");
  EXPECT_STREQ(silex_plugin_name(second), "busy");
}

TEST_F(LoadedPlugin, KeepsItsNameForItself) {
  const fs::path first = copy("good", "first.so");
  const fs::path second = copy("good", "second.so");
  silex_plugin_handle* const plugin = load_plugin(first);
  EXPECT_THAT(load(second.string()),
              FailsWith(SILEX_ERROR_DUPLICATE_NAME, "'good'", first.string(), second.string()));
  EXPECT_FALSE(is_mapped(second));
  EXPECT_STREQ(silex_plugin_name(plugin), "good");
  EXPECT_THAT(unload(plugin), Succeeds());
  EXPECT_THAT(load(second.string()), Succeeds()) << "the name is free again";
}

// init() registers with the host: of two plugins of one name, the second must not get that far.
TEST_F(LoadedPlugin, KeepsAnotherOfItsNameFromRunningAtAll) {
  const fs::path first = copy("busy", "first.so");
  const fs::path second = copy("busy", "second.so");
  load_plugin(first);
  EXPECT_THAT(load(second.string()), FailsWith(SILEX_ERROR_DUPLICATE_NAME));
  EXPECT_FALSE(is_mapped(second)) << "it was never initialised, so nothing can hold it";
}

TEST_F(LoadedPlugin, IsSharedByTwoRuntimes) {
  const fs::path file = copy("good", "good.so");
  load_plugin(file);
  silex_runtime* other = nullptr;
  ASSERT_EQ(silex_runtime_create(nullptr, &other), SILEX_OK);
  ASSERT_EQ(silex_plugin_load(other, file.c_str(), nullptr), SILEX_OK);
  EXPECT_EQ(observed_in(file).inits, 2);
  EXPECT_EQ(silex_runtime_destroy(other), SILEX_OK);
  EXPECT_EQ(observed_in(file).deinits, 1);
  EXPECT_TRUE(is_mapped(file));
}

TEST_F(LoadedPlugin, IsEndedWithTheRuntime) {
  const fs::path file = copy("good", "good.so");
  load_plugin(file);
  EXPECT_THAT(destroy_runtime(), Succeeds());
  EXPECT_FALSE(is_mapped(file));
}

TEST_F(LoadedPlugin, IsTheMainThreadsAloneWhileTheRuntimeRuns) {
  silex_plugin_handle* const plugin = load_plugin(plugin_file("good"));
  ASSERT_THAT(start(), Succeeds());
  std::thread([&] {
    EXPECT_THAT(load_built("tame"), FailsWith(SILEX_ERROR_WRONG_THREAD, "main thread"));
    EXPECT_THAT(unload(plugin), FailsWith(SILEX_ERROR_WRONG_THREAD, "main thread"));
    EXPECT_THAT(choose("tame"), FailsWith(SILEX_ERROR_WRONG_THREAD, "main thread"));
  }).join();
  EXPECT_THAT(load_built("tame"), Succeeds());
  EXPECT_THAT(unload(plugin), Succeeds()) << "no adapter of it is attached";
}

}  // namespace
}  // namespace silex::test
