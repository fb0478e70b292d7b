// How the adapter knows Houdini, and how it starts.
#include "adapter_fixture.hpp"

namespace silex::houdini {

namespace {

using python::Gil;
using testing::_;
using testing::HasSubstr;
using testing::StrEq;
using testing::ThrowsMessage;

class HoudiniDetection : public HoudiniAdapter {
 protected:
  bool is_houdini() {
    const Gil gil(python.api);
    const bool is = Host(python.api).is_houdini();
    EXPECT_FALSE(python.fake.PyErr_Occurred()) << "an error is left set";
    return is;
  }
};

TEST_F(HoudiniDetection, KnowsHoudini) {
  EXPECT_TRUE(is_houdini());
}

TEST_F(HoudiniDetection, KnowsHython) {
  houdini.lose_window();
  EXPECT_TRUE(is_houdini());
}

TEST_F(HoudiniDetection, ImportsNothing) {
  EXPECT_CALL(python, PyImport_ImportModule(_)).Times(0);
  EXPECT_TRUE(is_houdini());
  python.fake.modules()->members.erase("hou");
  EXPECT_FALSE(is_houdini());
}

TEST_F(HoudiniDetection, IsNotTakenInByAnotherHou) {
  houdini.hou()->members.erase("hipFile");
  EXPECT_FALSE(is_houdini());
}

TEST_F(HoudiniAdapter, RegistersOneCallback) {
  EXPECT_EQ(adapter.attach(&pump), SILEX_HOST_INTERACTIVE);
  EXPECT_EQ(houdini.callbacks(), 1u);
}

TEST_F(HoudiniAdapter, DoesNotDrainWhileItAttaches) {
  EXPECT_CALL(pump, on_drain(_)).Times(0);
  adapter.attach(&pump);
}

TEST_F(HoudiniAdapter, IsABatchHostInHythonAndImportsNothingForIt) {
  houdini.lose_window();
  EXPECT_CALL(python, PyImport_ImportModule(StrEq("hdefereval"))).Times(0);
  EXPECT_CALL(python, PyImport_ImportModule(_)).Times(testing::AnyNumber());
  EXPECT_EQ(adapter.attach(&pump), SILEX_HOST_BATCH);
  EXPECT_TRUE(houdini.has_exit_functions());
}

TEST_F(HoudiniAdapter, ImportsNoQt) {
  EXPECT_CALL(python, PyImport_ImportModule(_)).Times(testing::AnyNumber());
  EXPECT_CALL(python, PyImport_ImportModule(HasSubstr("PySide"))).Times(0);
  houdini.load_qt("PySide6");
  adapter.attach(&pump);
}

TEST_F(HoudiniAdapter, ListensToTheQtThatIsThere) {
  for (const char* const binding : {"PySide2", "PySide6"}) {
    houdini.load_qt(binding);
    adapter.attach(&pump);
    EXPECT_EQ(houdini.connections(), 1u) << binding;
    adapter.detach();
    EXPECT_EQ(houdini.connections(), 0u) << binding;
  }
}

TEST_F(HoudiniAdapter, RefusesAThreadThatDoesNotRunHoudini) {
  houdini.threading().leave_main_thread();
  EXPECT_THAT([&] { adapter.attach(&pump); },
              ThrowsMessage<std::runtime_error>(HasSubstr("start it on the main thread")));
  EXPECT_EQ(houdini.callbacks(), 0u);
  EXPECT_FALSE(houdini.has_exit_functions());
}

TEST_F(HoudiniAdapter, LeavesNothingBehindWhereSomethingIsRefused) {
  houdini.load_qt("PySide6");
  houdini.hou()->members.at("hipFile")->members.at("addEventCallback")->function =
      [this](const auto&, const auto&) { return python.fake.raise("RuntimeError", "no scenes today"); };
  EXPECT_THAT([&] { adapter.attach(&pump); },
              ThrowsMessage<python::PythonError>(StrEq("RuntimeError: no scenes today")));
  EXPECT_EQ(houdini.callbacks(), 0u);
  EXPECT_EQ(houdini.connections(), 0u);
  EXPECT_FALSE(houdini.has_exit_functions());
  EXPECT_EQ(pump.references(), 0);
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(HoudiniAdapter, AttachesAgainAfterDetach) {
  for (int i = 0; i < 3; ++i) {
    adapter.attach(&pump);
    EXPECT_EQ(houdini.callbacks(), 1u);
    EXPECT_EQ(houdini.scene_callbacks(), 1u);
    adapter.detach();
    EXPECT_EQ(houdini.callbacks(), 0u);
    EXPECT_EQ(houdini.scene_callbacks(), 0u);
    EXPECT_FALSE(houdini.has_exit_functions());
  }
}

TEST_F(HoudiniAdapter, PutsItsCallbackBackWhereALoadDroppedIt) {
  adapter.attach(&pump);
  houdini.load_scene(true);
  EXPECT_EQ(houdini.callbacks(), 1u);
  EXPECT_CALL(pump, on_drain(_)).Times(1);
  houdini.turn();
}

TEST_F(HoudiniAdapter, KeepsOneCallbackWhereALoadKeptIt) {
  adapter.attach(&pump);
  houdini.load_scene(false);
  houdini.load_scene(false);
  EXPECT_EQ(houdini.callbacks(), 1u);
}

}  // namespace

}  // namespace silex::houdini
