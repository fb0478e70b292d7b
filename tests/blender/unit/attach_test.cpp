// How the adapter knows Blender, and how it starts.
#include "adapter_fixture.hpp"

namespace silex::blender {

namespace {

using python::FakePython;
using python::Gil;
using testing::_;
using testing::HasSubstr;
using testing::Return;
using testing::StrEq;
using testing::ThrowsMessage;

class BlenderDetection : public BlenderAdapter {
 protected:
  bool is_blender() {
    const Gil gil(python.api);
    const bool is = Host(python.api).is_blender();
    EXPECT_FALSE(python.fake.PyErr_Occurred()) << "an error is left set";
    return is;
  }
};

TEST_F(BlenderDetection, KnowsTheApplication) {
  EXPECT_TRUE(is_blender());
}

TEST_F(BlenderDetection, ImportsNothing) {
  EXPECT_CALL(python, PyImport_ImportModule(_)).Times(0);
  EXPECT_TRUE(is_blender());
  python.fake.modules()->members.erase("bpy");
  EXPECT_FALSE(is_blender());
}

TEST_F(BlenderDetection, IsNotTakenInByAnotherBpy) {
  blender.app()->members.erase("timers");
  EXPECT_FALSE(is_blender());
  blender.bpy()->members.erase("app");
  EXPECT_FALSE(is_blender());
}

TEST_F(BlenderDetection, IsNotTakenInByTheModuleBuild) {
  blender.app()->members.at("binary_path")->text.clear();
  EXPECT_FALSE(is_blender());
}

TEST_F(BlenderDetection, AsksTheModuleBuildItselfWhereItCanBeAsked) {
  // A script may have pointed its binary_path to a Blender.
  python::Object* const module = python.fake.make("bool");
  FakePython::set(blender.app(), "module", module);
  EXPECT_TRUE(is_blender());
  module->number = 1;
  EXPECT_FALSE(is_blender());
}

TEST_F(BlenderAdapter, RegistersOnePersistentTimerThatIsDueAtOnce) {
  EXPECT_EQ(adapter.attach(&pump), SILEX_HOST_INTERACTIVE);
  EXPECT_EQ(blender.timers(), 1u);
  EXPECT_EQ(blender.due_in(), 0.0);
  blender.load_file();
  EXPECT_EQ(blender.timers(), 1u);
}

TEST_F(BlenderAdapter, DoesNotDrainWhileItAttaches) {
  EXPECT_CALL(pump, on_drain(_)).Times(0);
  adapter.attach(&pump);
}

TEST_F(BlenderAdapter, IsABatchHostInTheBackgroundWhereNoTimerFires) {
  blender.app()->members.at("background")->number = 1;
  EXPECT_EQ(adapter.attach(&pump), SILEX_HOST_BATCH);
  EXPECT_EQ(blender.timers(), 0u);
  EXPECT_TRUE(blender.has_exit_functions());
}

TEST_F(BlenderAdapter, RefusesAThreadThatDoesNotRunBlender) {
  blender.threading().leave_main_thread();
  EXPECT_THAT([&] { adapter.attach(&pump); },
              ThrowsMessage<std::runtime_error>(HasSubstr("start it on the main thread")));
  EXPECT_EQ(blender.timers(), 0u);
  EXPECT_FALSE(blender.has_exit_functions());
}

TEST_F(BlenderAdapter, LeavesNothingBehindWhereTheTimerIsRefused) {
  blender.timers_module()->members.at("register")->function = [this](const auto&, const auto&) {
    return python.fake.raise("RuntimeError", "no timers today");
  };
  EXPECT_THAT([&] { adapter.attach(&pump); },
              ThrowsMessage<python::PythonError>(StrEq("RuntimeError: no timers today")));
  EXPECT_FALSE(blender.has_exit_functions());
  EXPECT_EQ(pump.references(), 0);
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(BlenderAdapter, AttachesAgainAfterDetach) {
  for (int i = 0; i < 3; ++i) {
    adapter.attach(&pump);
    EXPECT_EQ(blender.timers(), 1u);
    adapter.detach();
    EXPECT_EQ(blender.timers(), 0u);
    EXPECT_FALSE(blender.has_exit_functions());
  }
}

TEST_F(BlenderAdapter, LeaksNoPythonObject) {
  adapter.attach(&pump);
  adapter.detach();
  const std::size_t before = python.fake.objects();
  adapter.attach(&pump);
  for (int i = 0; i < 10; ++i) blender.turn();
  adapter.detach();
  EXPECT_EQ(python.fake.objects(), before);
}

}  // namespace

}  // namespace silex::blender
