// Adapters and layers with one mistake each, such as people make. explore() finds every one, says which
// promise it breaks, and finds it again by what it has said.
#include <silex/testing.hpp>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <regex>
#include <string>
#include <thread>

namespace silex::testkit {
namespace {

using ::testing::HasSubstr;

// The right way, for the wrong ones to differ from.
class Adapter {
 public:
  explicit Adapter(Host& its_host) : host(its_host) {}
  Adapter(const Adapter&) = delete;
  Adapter& operator=(const Adapter&) = delete;
  virtual ~Adapter() = default;

  virtual void attached() {
    host.on_quit([](void* data) { static_cast<void>(Pump(static_cast<Adapter*>(data)->pump).quit()); }, this);
  }
  virtual silex_status wake() { return ask(new Asked{this, pump}); }
  virtual void drained() {}

  Host& host;
  Pump pump;
  const silex_adapter abi{sizeof(silex_adapter),
                          this,
                          [](void* self, silex_pump* given, silex_host_mode* mode) {
                            of(self).pump = Pump(given);
                            of(self).attached();
                            *mode = SILEX_HOST_INTERACTIVE;
                            return static_cast<silex_status>(SILEX_OK);
                          },
                          [](void* self) {
                            of(self).host.on_quit(nullptr, nullptr);
                            of(self).pump = {};
                          },
                          [](void* self) { return of(self).wake(); },
                          [](void* /*self*/) {}};

 protected:
  struct Asked {
    Adapter* by;
    Pump pump;
  };
  static void drain(void* data) {
    const std::unique_ptr<Asked> asked(static_cast<Asked*>(data));
    silex_drain_report report{sizeof report, 0, 0};
    static_cast<void>(asked->pump.drain(report));
    asked->by->drained();
  }
  silex_status ask(Asked* asked) {
    if (host.call_soon(&drain, asked)) return SILEX_OK;
    delete asked;
    return SILEX_ERROR_HOST_GONE;
  }

 private:
  static Adapter& of(void* self) { return *static_cast<Adapter*>(self); }
};

// Asks the host once at a time, and notes too late that the host has answered: what is asked for while a
// drain runs is not asked for at all. (The runtime sees to it that there is one wake at a time; a second
// guard is a bug.)
class LosesWakes : public Adapter {
 public:
  using Adapter::Adapter;
  silex_status wake() override {
    if (is_asked_.exchange(true)) return SILEX_OK;
    return Adapter::wake();
  }
  void drained() override { is_asked_ = false; }

 private:
  std::atomic<bool> is_asked_{false};
};

// Drains at once where it is on the main thread, as a "direct" connection does.
class DrainsInsideWake : public Adapter {
 public:
  using Adapter::Adapter;
  silex_status wake() override {
    if (std::this_thread::get_id() == main_) {
      drain(new Asked{this, pump});
      return SILEX_OK;
    }
    return Adapter::wake();
  }

 private:
  const std::thread::id main_ = std::this_thread::get_id();
};

// Takes a thread of its own for the main thread.
class DrainsElsewhere : public Adapter {
 public:
  using Adapter::Adapter;
  silex_status wake() override {
    std::thread([this] { drain(new Asked{this, pump}); }).join();
    return SILEX_OK;
  }
};

// Does not hear that the host quits.
class SleepsThroughTheEnd : public Adapter {
 public:
  using Adapter::Adapter;
  void attached() override {}
};

template <typename Broken>
std::function<HarnessOptions()> world_of() {
  return [] {
    struct World {
      Host host;
      Broken adapter{host};
    };
    auto world = std::make_shared<World>();
    return HarnessOptions{.adapter = &world->adapter.abi, .host = &world->host, .keep = world};
  };
}

// That the exploration fails with that sentence, and again, in the same words, by the seed and the steps that
// it has named.
void expect_found(const ExploreOptions& options, const std::string& sentence) {
  const ::testing::AssertionResult found = explore(options);
  ASSERT_FALSE(found) << "nothing was found";
  const std::string said = found.message();
  EXPECT_THAT(said, HasSubstr(sentence));
  std::smatch named;
  const std::regex line(
      "Again: SILEX_TESTING_SEED=([^ ]+) SILEX_TESTING_STEPS=([0-9]+) <this program> --gtest_filter=TestKit");
  ASSERT_TRUE(std::regex_search(said, named, line)) << said;
  EXPECT_LE(std::stoul(named[2]), options.steps);
  ASSERT_EQ(setenv("SILEX_TESTING_SEED", named[1].str().c_str(), 1), 0);
  ASSERT_EQ(setenv("SILEX_TESTING_STEPS", named[2].str().c_str(), 1), 0);
  for (int again = 0; again < 3; ++again) EXPECT_STREQ(explore(options).message(), said.c_str());
  unsetenv("SILEX_TESTING_SEED");
  unsetenv("SILEX_TESTING_STEPS");
}

TEST(TestKit, FindsAnAdapterThatLosesAWake) {
  expect_found({.world = world_of<LosesWakes>()}, "waits, and the host has nothing to call: a wake was lost");
}

TEST(TestKit, FindsItInFewStepsByTryingAll) {
  expect_found({.steps = 4, .exhaustive = true, .world = world_of<DrainsElsewhere>()}, "a wake was lost");
}

TEST(TestKit, FindsAnAdapterThatDrainsInsideWake) {
  expect_found({.world = world_of<DrainsInsideWake>()}, "inside of the adapter's wake()");
}

TEST(TestKit, FindsAnAdapterThatDrainsOnAnotherThread) {
  expect_found({.world = world_of<DrainsElsewhere>()}, "a wake was lost");
}

TEST(TestKit, FindsAnAdapterThatDoesNotHearTheHostQuit) {
  expect_found({.world = world_of<SleepsThroughTheEnd>()}, "the host has quit, and the runtime still runs");
}

TEST(TestKit, FindsAQueueThatRunsWithdrawnCalls) {
  silex_api forgetful = *silex_get_api();
  forgetful.cancel = [](silex_runtime*, silex_id) { return static_cast<silex_status>(SILEX_OK); };
  expect_found({.api = &forgetful}, "ran, though it was cancelled before it began");
}

TEST(TestKit, FindsAQueueThatForgetsTimeouts) {
  silex_api patient = *silex_get_api();
  patient.defer = [](silex_runtime* runtime, const silex_work* work, silex_id* id) {
    silex_work for_ever = *work;
    for_ever.timeout_ns = SILEX_NONE;
    return silex_defer(runtime, &for_ever, id);
  };
  expect_found({.api = &patient}, "does not see that it is asked to stop");
}

TEST(TestKit, FindsAQueueThatHoldsACallBack) {
  silex_api lazy = *silex_get_api();
  static int taken;
  lazy.defer = [](silex_runtime* runtime, const silex_work* work, silex_id* id) {
    return ++taken % 4 == 0 ? static_cast<silex_status>(SILEX_OK) : silex_defer(runtime, work, id);
  };
  const auto world = [] {
    taken = 0;
    return HarnessOptions{};
  };
  expect_found({.world = world, .api = &lazy}, "call 4 ");
}

}  // namespace
}  // namespace silex::testkit
