// How the adapter knows Maya, and how it starts.
#include "adapter_fixture.hpp"

namespace silex::maya {

namespace {

using python::Gil;
using testing::_;
using testing::HasSubstr;
using testing::StrEq;
using testing::ThrowsMessage;

class MayaDetection : public MayaAdapter {
 protected:
  bool is_maya() {
    const Gil gil(python.api);
    const bool is = Host(python.api).is_maya();
    EXPECT_FALSE(python.fake.PyErr_Occurred()) << "an error is left set";
    return is;
  }
};

TEST_F(MayaDetection, KnowsMaya) {
  EXPECT_TRUE(is_maya());
}

TEST_F(MayaDetection, ImportsNothingOfMayas) {
  EXPECT_CALL(python, PyImport_ImportModule(StrEq("threading"))).Times(testing::AnyNumber());
  EXPECT_CALL(python, PyImport_ImportModule(HasSubstr("maya"))).Times(0);
  EXPECT_TRUE(is_maya());
  python.fake.modules()->members.erase("maya.cmds");
  EXPECT_FALSE(is_maya());
}

TEST_F(MayaDetection, IsNotTakenInByAMayapyThatIsNotInitialised) {
  maya.commands()->members.clear();
  EXPECT_FALSE(is_maya());
}

TEST_F(MayaDetection, IsNotTakenInByStubs) {
  maya.commands()->members.at("about")->function = [this](const auto&, const auto&) {
    return python.fake.new_none();
  };
  EXPECT_FALSE(is_maya());
}

TEST_F(MayaAdapter, AsksNothingOfMayaButOneEvalDeferredWhileItMayInitialise) {
  EXPECT_EQ(adapter.attach(&pump), SILEX_HOST_INTERACTIVE);
  adapter.wake();
  EXPECT_EQ(maya.waiting(), 1u);
  EXPECT_EQ(maya.lowest_waiting(), 1u);
  EXPECT_EQ(maya.callbacks(), 0u);
}

TEST_F(MayaAdapter, DoesTheRestWhenMayaIsIdle) {
  adapter.attach(&pump);
  adapter.wake();
  maya.go_idle();
  EXPECT_EQ(maya.callbacks(), 1u);
  EXPECT_TRUE(maya.comes_to_wait(1)) << "the wake that came before is lost";
}

TEST_F(MayaAdapter, DoesNotDrainWhileItAttaches) {
  EXPECT_CALL(pump, on_drain(_)).Times(0);
  start();
}

TEST_F(MayaAdapter, IsABatchHostWithoutIdleEvents) {
  maya.set_batch();
  EXPECT_EQ(adapter.attach(&pump), SILEX_HOST_BATCH);
  EXPECT_EQ(maya.waiting(), 0u);
  EXPECT_EQ(maya.callbacks(), 0u);
  EXPECT_TRUE(maya.has_exit_functions());
}

TEST_F(MayaAdapter, RefusesAThreadThatDoesNotRunMaya) {
  maya.threading().leave_main_thread();
  EXPECT_THAT([&] { adapter.attach(&pump); },
              ThrowsMessage<std::runtime_error>(HasSubstr("start it on the main thread")));
  EXPECT_EQ(maya.waiting(), 0u);
  EXPECT_FALSE(maya.has_exit_functions());
}

TEST_F(MayaAdapter, LeavesNothingBehindWhereMayaRefuses) {
  maya.commands()->members.at("evalDeferred")->function = [this](const auto&, const auto&) {
    return python.fake.raise("RuntimeError", "not today");
  };
  EXPECT_THAT([&] { adapter.attach(&pump); },
              ThrowsMessage<python::PythonError>(StrEq("RuntimeError: not today")));
  EXPECT_FALSE(maya.has_exit_functions());
  EXPECT_EQ(pump.references(), 0);
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(MayaAdapter, RunsWithoutTheSceneMessageWhereMayaRefusesIt) {
  maya.messages()->members.at("addCallback")->function = [this](const auto&, const auto&) {
    return python.fake.raise("RuntimeError", "no messages");
  };
  start();
  EXPECT_THAT(pump.lines(), testing::ElementsAre(HasSubstr("RuntimeError: no messages")));
  adapter.wake();
  EXPECT_TRUE(maya.comes_to_wait(1));
}

TEST_F(MayaAdapter, LeaksNoPythonObject) {
  const auto once = [&] {
    start();
    adapter.wake();
    EXPECT_TRUE(maya.comes_to_wait(1));
    maya.go_idle();
    adapter.detach();
  };
  once();
  const std::size_t before = python.fake.objects();
  once();
  EXPECT_EQ(python.fake.objects(), before);
  EXPECT_FALSE(python::any_callable_left());
}

}  // namespace

}  // namespace silex::maya
