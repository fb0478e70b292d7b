// An adapter is made, attached, woken and detached through its checked tables; what goes wrong has its words.
#include "support/loader_test.hpp"

#include <atomic>
#include <thread>

namespace silex::test {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct Broken {
  const char* plugin;
  silex_status status;
  const char* says;
};
void PrintTo(const Broken& broken, std::ostream* out) {
  *out << broken.plugin;
}

class BrokenAdapter : public LoaderTest, public testing::WithParamInterface<Broken> {};

TEST_P(BrokenAdapter, IsNotChosen) {
  const fs::path file = plugin_file(GetParam().plugin);
  EXPECT_THAT(choose(file.c_str()), FailsWith(GetParam().status, GetParam().says));
  EXPECT_STREQ(silex_adapter_name(runtime()), "");
}

INSTANTIATE_TEST_SUITE_P(Adapter, BrokenAdapter,
                         testing::Values(Broken{"good", SILEX_ERROR_NO_FACTORY, "plugin 'good'"},
                                         Broken{"good", SILEX_ERROR_NO_FACTORY, "'silex.adapter/1'"},
                                         Broken{"small_factory", SILEX_ERROR_BAD_ENTRY, "size"},
                                         Broken{"odd_factory", SILEX_ERROR_BAD_ENTRY, "no multiple of 8"},
                                         Broken{"odd_adapter", SILEX_ERROR_BAD_ENTRY, "no multiple of 8"},
                                         Broken{"nameless_factory", SILEX_ERROR_BAD_ENTRY, "no name"},
                                         Broken{"untitled_factory", SILEX_ERROR_BAD_ENTRY, "no title"},
                                         Broken{"no_detect", SILEX_ERROR_BAD_ENTRY, "no detect()"},
                                         Broken{"no_create", SILEX_ERROR_BAD_ENTRY, "no create()"},
                                         Broken{"small_adapter", SILEX_ERROR_BAD_ENTRY, "size"},
                                         Broken{"no_wake", SILEX_ERROR_BAD_ENTRY, "no wake()"},
                                         Broken{"creates_nothing", SILEX_ERROR_ADAPTER_FAILED,
                                                "the host is too old"}),
                         [](const auto& test) { return test.param.plugin + std::to_string(test.index); });

class Adapter : public LoaderTest {
 protected:
  observed& seen() { return observed_in(plugin_file("tame")); }
};

TEST_F(Adapter, OfANewerMinorWhoseStructsHaveGrownIsChosen) {
  for (const char* const grown : {"large_factory", "large_adapter"}) {
    EXPECT_THAT(choose(plugin_file(grown).c_str()), Succeeds());
    EXPECT_STREQ(silex_adapter_name(runtime()), "tame");
    create_runtime("");
  }
}

TEST_F(Adapter, IsAttachedByStartAndDetachedByStop) {
  ASSERT_THAT(load_and_choose("tame", "tame"), Succeeds());
  EXPECT_EQ(seen().attaches, 0);
  for (int i = 1; i <= 3; ++i) {
    ASSERT_THAT(start(), Succeeds());
    EXPECT_EQ(seen().attaches, i);
    EXPECT_EQ(seen().detaches, i - 1);
    ASSERT_THAT(stop(), Succeeds());
    EXPECT_EQ(seen().detaches, i);
  }
  EXPECT_EQ(seen().destroys, 0);
}

TEST_F(Adapter, CannotBeChangedWhileTheRuntimeRuns) {
  ASSERT_THAT(load_and_choose("tame", "tame"), Succeeds());
  ASSERT_THAT(start(), Succeeds());
  EXPECT_THAT(choose("tame"), FailsWith(SILEX_ERROR_BUSY, "stop"));
  EXPECT_THAT(choose(nullptr), FailsWith(SILEX_ERROR_BUSY, "stop"));
}

TEST_F(Adapter, MayBeChangedBetweenRuns) {
  ASSERT_THAT(load_and_choose("other_host", "other"), Succeeds());
  ASSERT_THAT(load_and_choose("tame", "tame"), Succeeds());
  EXPECT_STREQ(silex_adapter_name(runtime()), "tame");
  EXPECT_EQ(observed_in(plugin_file("other_host")).destroys, 1);
  ASSERT_THAT(start(), Succeeds());
  EXPECT_EQ(seen().attaches, 1);
  EXPECT_EQ(observed_in(plugin_file("other_host")).attaches, 0);
}

TEST_F(Adapter, StaysChosenWhereAnotherCannotBe) {
  ASSERT_THAT(load_and_choose("tame", "tame"), Succeeds());
  EXPECT_THAT(choose(plugin_file("good").c_str()), FailsWith(SILEX_ERROR_NO_FACTORY));
  EXPECT_STREQ(silex_adapter_name(runtime()), "tame");
  ASSERT_THAT(start(), Succeeds());
}

TEST_F(Adapter, OfNoNameIsNotLookedFor) {
  ASSERT_THAT(load_built("good"), Succeeds());
  EXPECT_THAT(choose(""), FailsWith(SILEX_ERROR_INVALID_ARGUMENT, "name"));
}

TEST_F(Adapter, ThatCannotAttachIsQuotedAndNothingRuns) {
  ASSERT_THAT(load_and_choose("attach_fails", "tame"), Succeeds());
  EXPECT_THAT(start(), FailsWith(SILEX_ERROR_ADAPTER_FAILED, "'tame'", "the host has no timers"));
  EXPECT_FALSE(silex_runtime_is_running(runtime()));
  EXPECT_EQ(observed_in(plugin_file("attach_fails")).detaches, 0) << "it is not attached";
}

TEST_F(Adapter, ThatCannotAttachAndDoesNotSayWhyIsToldByItsStatus) {
  ASSERT_THAT(load_and_choose("attach_fails_silently", "tame"), Succeeds());
  EXPECT_THAT(start(), FailsWith(SILEX_ERROR_ADAPTER_FAILED, "'tame'", "no reason", "status 16"));
}

TEST_F(Adapter, ThatCannotWakeIsSaidOnce) {
  ASSERT_THAT(load_and_choose("wake_fails", "tame"), Succeeds());
  ASSERT_THAT(start(), Succeeds());
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(runs_a_call());
  EXPECT_THAT(logged(), SizeIs(1));
  EXPECT_THAT(logged(), Contains(HasSubstr("its window is gone")));
}

TEST_F(Adapter, IsToldOfACallAndDrainsThroughItsPump) {
  ASSERT_THAT(load_and_choose("tame", "tame"), Succeeds());
  ASSERT_THAT(start(), Succeeds());
  silex_work work{};
  work.size = sizeof work;
  work.run = [](void*, const silex_scope*) -> silex_status { return SILEX_OK; };
  ASSERT_EQ(silex_defer(runtime(), &work, nullptr), SILEX_OK);
  EXPECT_EQ(std::atomic_ref(seen().wakes).load(), 1);
  silex_drain_report report{sizeof(silex_drain_report), 0, 0};
  EXPECT_EQ(seen().pump->drain(seen().pump, &report), SILEX_OK);
  EXPECT_EQ(report.calls_run, 1u);
  EXPECT_EQ(report.calls_left, 0u);
}

TEST_F(Adapter, StopsTheRuntimeThroughItsPumpOnce) {
  ASSERT_THAT(load_and_choose("tame", "tame"), Succeeds());
  ASSERT_THAT(start(), Succeeds());
  silex_pump* const pump = seen().pump;
  pump->retain(pump);
  EXPECT_EQ(pump->quit(pump), SILEX_OK);
  EXPECT_FALSE(silex_runtime_is_running(runtime()));
  EXPECT_EQ(seen().detaches, 1);
  EXPECT_EQ(pump->quit(pump), SILEX_OK);
  EXPECT_EQ(seen().detaches, 1);
  pump->release(pump);
}

TEST_F(Adapter, LeavesAPumpThatDoesNothingAfterDetachAndAfterTheRuntimeIsGone) {
  ASSERT_THAT(load_and_choose("tame", "tame"), Succeeds());
  ASSERT_THAT(start(), Succeeds());
  silex_pump* const pump = seen().pump;
  pump->retain(pump);
  ASSERT_THAT(stop(), Succeeds());
  EXPECT_EQ(pump->drain(pump, nullptr), SILEX_ERROR_HOST_GONE);
  ASSERT_THAT(destroy_runtime(), Succeeds());
  EXPECT_EQ(pump->drain(pump, nullptr), SILEX_ERROR_HOST_GONE);
  EXPECT_EQ(pump->quit(pump), SILEX_OK);
  pump->log(pump, SILEX_LOG_ERROR, "said to nobody");
  EXPECT_THAT(logged(), IsEmpty());
  pump->release(pump);
}

// The host's own threads may log while it quits: none may reach a log that is gone.
TEST_F(Adapter, MayLogFromAnyThreadWhileTheRuntimeGoes) {
  ASSERT_THAT(load_and_choose("tame", "tame"), Succeeds());
  ASSERT_THAT(start(), Succeeds());
  silex_pump* const pump = seen().pump;
  pump->retain(pump);
  std::atomic<bool> gone = false;
  std::atomic<int> lines = 0;
  std::thread host([&] {
    while (!gone) {
      pump->log(pump, SILEX_LOG_DEBUG, "still here");
      ++lines;
    }
  });
  while (lines < 10) std::this_thread::yield();
  EXPECT_THAT(destroy_runtime(), Succeeds());
  const std::size_t heard = logged(SILEX_LOG_DEBUG).size();
  for (const int before = lines; lines < before + 10;) std::this_thread::yield();
  gone = true;
  host.join();
  EXPECT_EQ(logged(SILEX_LOG_DEBUG).size(), heard) << "nothing is said once it is detached";
  pump->release(pump);
}

}  // namespace
}  // namespace silex::test
