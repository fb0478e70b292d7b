// No exception of a plugin gets into the host, whatever it throws and wherever. After one, nobody knows what
// the plugin left behind: its code stays.
#include "support/loader_test.hpp"

#include <cstdio>
#include <optional>
#include <string>
#include <tuple>

#include <unistd.h>

namespace silex::test {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;

// Which plugin, and what it throws.
using Thrown = std::tuple<std::string, std::string>;

class ThrowingPlugin : public LoaderTest, public testing::WithParamInterface<Thrown> {
 protected:
  void SetUp() override { file_ = copy(std::get<0>(GetParam()), "throws.so"); }
  // From now on, that function of the plugin throws.
  void let_throw(const std::string& function) {
    function_ = function;
    environment_.emplace("SILEX_TEST_THROW", (function + " " + std::get<1>(GetParam())).c_str());
  }
  void TearDown() override {
    environment_.reset();
    LoaderTest::TearDown();
  }
  Result load_it() { return load(file_.string(), &plugin_); }
  // What the error must say of it.
  auto is_told() const {
    return FailsWith(SILEX_ERROR_PLUGIN_EXCEPTION, "exception left " + function_ + "()", "'throws", what());
  }
  auto is_logged() const { return Contains(AllOf(HasSubstr(function_ + "()"), HasSubstr(what()))); }
  std::string what() const {
    return std::get<1>(GetParam()) == "std" ? "thrown in " + function_ : "not a std::exception";
  }

  std::filesystem::path file_;
  silex_plugin_handle* plugin_ = nullptr;

 private:
  std::string function_;
  std::optional<ScopedEnvironment> environment_;
};

INSTANTIATE_TEST_SUITE_P(Exceptions, ThrowingPlugin,
                         testing::Combine(testing::Values("throws", "throws_from_afar"),
                                          testing::Values("std", "int")),
                         [](const auto& test) {
                           return std::get<0>(test.param) + "_" + std::get<1>(test.param);
                         });

TEST_P(ThrowingPlugin, InInitIsNotLoadedAndItsCodeStays) {
  let_throw("init");
  EXPECT_THAT(load_it(), is_told());
  EXPECT_EQ(plugin_, nullptr);
  EXPECT_TRUE(is_mapped(file_)) << "it may have started threads before it threw";
  EXPECT_EQ(observed_in(file_).deinits, 0);
}

TEST_P(ThrowingPlugin, InInitMayBeTriedAgain) {
  {
    let_throw("init");
    EXPECT_THAT(load_it(), is_told());
  }
  let_throw("nothing");
  EXPECT_THAT(load_it(), Succeeds());
  EXPECT_THAT(unload(plugin_), Succeeds());
}

TEST_P(ThrowingPlugin, InDeinitIsUnloadedButItsCodeStays) {
  let_throw("deinit");
  ASSERT_THAT(load_it(), Succeeds());
  EXPECT_THAT(unload(plugin_), is_told());
  EXPECT_TRUE(is_mapped(file_));
  EXPECT_THAT(unload(plugin_), FailsWith(SILEX_ERROR_NOT_FOUND, "not loaded"));
}

TEST_P(ThrowingPlugin, InDeinitDoesNotKeepTheRuntimeFromGoing) {
  let_throw("deinit");
  ASSERT_THAT(load_it(), Succeeds());
  EXPECT_THAT(destroy_runtime(), Succeeds());
  EXPECT_THAT(logged(), is_logged());
  EXPECT_TRUE(is_mapped(file_));
}

TEST_P(ThrowingPlugin, InGetFactoryHasNoAdapter) {
  let_throw("get_factory");
  ASSERT_THAT(load_it(), Succeeds());
  EXPECT_THAT(choose(file_.c_str()), is_told());
  EXPECT_STREQ(silex_adapter_name(runtime()), "");
}

TEST_P(ThrowingPlugin, InDetectIsNotThisProcessesHost) {
  let_throw("detect");
  ASSERT_THAT(load_it(), Succeeds());
  EXPECT_THAT(choose(nullptr), FailsWith(SILEX_ERROR_NO_HOST));
  EXPECT_THAT(logged(), is_logged());
}

TEST_P(ThrowingPlugin, InCreateHasNoAdapter) {
  let_throw("create");
  ASSERT_THAT(load_it(), Succeeds());
  EXPECT_THAT(choose("throws"), is_told());
  EXPECT_STREQ(silex_adapter_name(runtime()), "");
}

TEST_P(ThrowingPlugin, InAttachFailsTheStartAndItsCodeStays) {
  let_throw("attach");
  ASSERT_THAT(load_it(), Succeeds());
  ASSERT_THAT(choose("throws"), Succeeds());
  EXPECT_THAT(start(), is_told());
  EXPECT_FALSE(silex_runtime_is_running(runtime()));
  EXPECT_THAT(unload(plugin_),
              FailsWith(SILEX_ERROR_PLUGIN_BUSY, "'throws-plugin'", "attach()", "stays loaded"));
  EXPECT_TRUE(is_mapped(file_)) << "the host may hold a callback that it registered before it threw";
}

TEST_P(ThrowingPlugin, InDetachDoesNotKeepTheRuntimeFromStoppingAndItsCodeStays) {
  let_throw("detach");
  ASSERT_THAT(load_it(), Succeeds());
  ASSERT_THAT(choose("throws"), Succeeds());
  ASSERT_THAT(start(), Succeeds());
  EXPECT_THAT(stop(), Succeeds());
  EXPECT_FALSE(silex_runtime_is_running(runtime()));
  EXPECT_THAT(logged(), is_logged());
  EXPECT_THAT(unload(plugin_),
              FailsWith(SILEX_ERROR_PLUGIN_BUSY, "'throws-plugin'", "detach()", "stays loaded"));
  EXPECT_TRUE(is_mapped(file_)) << "the host may still hold its callback";
}

TEST_P(ThrowingPlugin, InWakeIsAWakeThatFailed) {
  let_throw("wake");
  ASSERT_THAT(load_it(), Succeeds());
  ASSERT_THAT(choose("throws"), Succeeds());
  ASSERT_THAT(start(), Succeeds());
  EXPECT_TRUE(runs_a_call()) << "the call waits for the next drain, whoever asks for it";
  silex_metrics metrics{};
  metrics.size = sizeof metrics;
  ASSERT_EQ(silex_metrics_read(runtime(), &metrics), SILEX_OK);
  EXPECT_EQ(metrics.wakes_failed, 1u);
  EXPECT_THAT(logged(), is_logged());
}

TEST_P(ThrowingPlugin, InDestroyIsLogged) {
  let_throw("destroy");
  ASSERT_THAT(load_it(), Succeeds());
  ASSERT_THAT(choose("throws"), Succeeds());
  EXPECT_THAT(destroy_runtime(), Succeeds());
  EXPECT_THAT(logged(), is_logged());
}

// The exception goes through the system's loader, which other threads of the process then wait for in vain:
// so it gets a process of its own.
TEST(ThrowingAtLoad, IsToldWithWhatItMeansForTheHost) {
  const auto tell = [] {
    silex_runtime* runtime = nullptr;
    silex_runtime_create(nullptr, &runtime);
    const Result loaded =
        result_of(silex_plugin_load(runtime, plugin_file("throws_at_load").c_str(), nullptr));
    std::fprintf(stderr, "%s: %s\n", silex_status_name(loaded.status), loaded.sentence.c_str());
    std::fflush(stderr);
    _exit(0);
  };
  EXPECT_EXIT(
      tell(), testing::ExitedWithCode(0),
      "SILEX_ERROR_PLUGIN_EXCEPTION.*static initialiser.*throws_at_load.*no licence.*restart the host");
}

}  // namespace
}  // namespace silex::test
