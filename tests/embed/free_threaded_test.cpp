// Which Pythons are refused.
#include "mock_python.hpp"

#include <embed/free_threaded.hpp>
#include <embed/gil.hpp>
#include <gmock/gmock.h>

namespace silex::python {

namespace {

class FreeThreadedTest : public testing::Test {
 protected:
  FreeThreadedTest() { FakePython::set(python.fake.modules(), "sys", sys); }
  void say_gil_is(bool enabled) {
    const auto answer = [this, enabled](const auto&, const auto&) {
      return python.fake.PyBool_FromLong(enabled ? 1 : 0);
    };
    FakePython::set(sys, "_is_gil_enabled", python.fake.make_function(answer));
  }

  testing::NiceMock<MockPython> python;
  Object* const sys = python.fake.make("module");
};

TEST_F(FreeThreadedTest, APythonBefore313HasItsLock) {
  const Gil gil(python.api);
  EXPECT_NO_THROW(refuse_free_threaded(python.api));
}

TEST_F(FreeThreadedTest, AFreeThreadedBuildThatRunsWithItsLockWillDo) {
  say_gil_is(true);
  const Gil gil(python.api);
  EXPECT_NO_THROW(refuse_free_threaded(python.api));
}

TEST_F(FreeThreadedTest, OneThatRunsWithoutItIsRefusedWithASentence) {
  say_gil_is(false);
  const Gil gil(python.api);
  EXPECT_THAT([&] { refuse_free_threaded(python.api); },
              testing::ThrowsMessage<std::runtime_error>(testing::HasSubstr("PYTHON_GIL=1")));
}

}  // namespace

}  // namespace silex::python
