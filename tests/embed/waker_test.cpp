// The one thread that may ask a host for a tick.
#include "mock_python.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <embed/gil.hpp>
#include <embed/waker.hpp>
#include <gmock/gmock.h>
#include <pthread.h>

namespace silex::python {

namespace {

using namespace std::chrono_literals;
using testing::_;
using testing::ElementsAre;

// Waits for what other threads do, with a bound.
class Count {
 public:
  int operator++() {
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
    return ++count_;
  }
  [[nodiscard]] bool reaches(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 30s, [&] { return count_ >= count; });
  }
  [[nodiscard]] int value() const {
    const std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

class WakerTest : public testing::Test {
 protected:
  ~WakerTest() override {
    if (python.fake.Py_IsInitialized() == 0) return;
    const Gil gil(python.api);
    waker.close(30s);
  }

  testing::NiceMock<MockPython> python;
  Count calls;
  Count asked;  // its thread, for the GIL
  Count given;  // the GIL back, by its thread
  std::function<void()> host = [] {};
  std::vector<std::string> errors;
  Waker waker{python.api,
              [this] {
                EXPECT_TRUE(python.fake.has_gil());
                ++calls;
                host();
              },
              [this](const std::string& error) { errors.push_back(error); }};
};

TEST_F(WakerTest, CallsTheHostForAWake) {
  waker.open();
  waker.wake();
  EXPECT_TRUE(calls.reaches(1));
  waker.wake();
  EXPECT_TRUE(calls.reaches(2));
}

TEST_F(WakerTest, MakesOneCallOfAllWakesThatCameBeforeIt) {
  for (int i = 0; i < 1000; ++i) waker.wake();
  waker.open();
  EXPECT_TRUE(calls.reaches(1));
  const Gil gil(python.api);
  EXPECT_TRUE(waker.close(30s));
  EXPECT_EQ(calls.value(), 1);
}

TEST_F(WakerTest, AWakeDoesNotWaitForTheGil) {
  waker.open();
  const Gil gil(python.api);  // the thread cannot make its call
  for (int i = 0; i < 1000; ++i) waker.wake();
  EXPECT_EQ(calls.value(), 0);
}

TEST_F(WakerTest, NoCallBeginsAfterItIsClosed) {
  waker.open();
  const Gil gil(python.api);
  waker.wake();  // its thread waits for the GIL, or is about to
  EXPECT_TRUE(waker.close(30s));
  waker.wake();
  EXPECT_EQ(calls.value(), 0);
}

// The one that closes gives the GIL away, and its thread has it at once.
TEST_F(WakerTest, NoCallBeginsWhileItIsBeingClosed) {
  const auto is_its_thread = [main = std::this_thread::get_id()] {
    return std::this_thread::get_id() != main;
  };
  ON_CALL(python, PyGILState_Ensure).WillByDefault([this, is_its_thread] {
    if (is_its_thread()) ++asked;
    return python.fake.PyGILState_Ensure();
  });
  ON_CALL(python, PyGILState_Release).WillByDefault([this, is_its_thread](int state) {
    python.fake.PyGILState_Release(state);
    if (is_its_thread()) ++given;
  });
  ON_CALL(python, PyEval_SaveThread).WillByDefault([this] {
    ThreadState* const saved = python.fake.PyEval_SaveThread();
    EXPECT_TRUE(given.reaches(1));
    return saved;
  });
  {
    const Gil gil(python.api);
    waker.open();
    waker.wake();
    ASSERT_TRUE(asked.reaches(1));
    EXPECT_TRUE(waker.close(30s));
  }
  EXPECT_EQ(calls.value(), 0);
}

TEST_F(WakerTest, GivesTheGilAwayWhileItWaitsForItsThread) {
  std::atomic<bool> inside{false};
  host = [&] {
    // As a Python function that lets others run, and needs the GIL again in order to return.
    const WithoutGil others_go_on(python.api);
    inside = true;
    inside.notify_all();
  };
  waker.open();
  waker.wake();
  inside.wait(false);
  const Gil gil(python.api);
  EXPECT_TRUE(waker.close(30s));
}

TEST_F(WakerTest, ClosingTwiceIsClosingOnce) {
  waker.open();
  const Gil gil(python.api);
  EXPECT_TRUE(waker.close(30s));
  EXPECT_TRUE(waker.close(30s));
}

TEST_F(WakerTest, ClosingWhatWasNeverOpenedEndsIt) {
  waker.wake();
  const Gil gil(python.api);
  EXPECT_TRUE(waker.close(30s));
}

TEST_F(WakerTest, SaysWhatTheHostRaisedAndGoesOn) {
  host = [&] {
    if (calls.value() == 1) throw PythonError("RuntimeError: not now");
  };
  waker.open();
  waker.wake();
  EXPECT_TRUE(calls.reaches(1));
  waker.wake();
  EXPECT_TRUE(calls.reaches(2));
  const Gil gil(python.api);
  waker.close(30s);
  EXPECT_THAT(errors, ElementsAre("RuntimeError: not now"));
}

TEST_F(WakerTest, LeavesPythonAloneOnceItHasEnded) {
  waker.open();
  python.fake.finalize();
  EXPECT_CALL(python, PyGILState_Ensure()).Times(0);
  waker.wake();
  waker.abandon(30s);
  testing::Mock::VerifyAndClearExpectations(&python);
}

// As pthread_exit() does, which Python calls where the thread asks for the GIL again.
TEST(WakerLeftBehind, AThreadThatPythonEndsInTheHostGivesNothingBack) {
  auto* const python = new testing::NiceMock<MockPython>;  // the thread that stays may use it
  testing::Mock::AllowLeak(python);
  EXPECT_CALL(*python, PyGILState_Release(_)).Times(0);
  Count calls;
  auto call_soon = [&calls] {
    ++calls;
    pthread_exit(nullptr);
  };
  Waker waker(python->api, call_soon, [](const std::string&) {});
  waker.open();
  waker.wake();
  EXPECT_TRUE(calls.reaches(1));
  waker.abandon(30s);
  EXPECT_TRUE(any_waker_left()) << "the plugin would be unloaded under its feet";
  testing::Mock::VerifyAndClearExpectations(python);
}

// The thread that it leaves behind still uses this Python.
TEST(WakerLeftBehind, AHostThatHoldsTheThreadIsWaitedForWithABound) {
  static auto& kept = *new std::vector<MockPython*>;
  auto* const python = kept.emplace_back(new testing::NiceMock<MockPython>);
  testing::Mock::AllowLeak(python);
  auto inside = std::make_shared<std::atomic<bool>>(false);
  auto go_on = std::make_shared<std::atomic<bool>>(false);
  auto call_soon = [python, inside, go_on] {
    const WithoutGil others_go_on(python->api);
    *inside = true;
    inside->notify_all();
    go_on->wait(false);
  };
  const std::weak_ptr<std::atomic<bool>> kept_by_thread = inside;
  auto waker = std::make_unique<Waker>(python->api, std::move(call_soon), [](const std::string&) {});
  waker->open();
  waker->wake();
  std::exchange(inside, nullptr)->wait(false);
  {
    const Gil gil(python->api);
    EXPECT_FALSE(waker->close(10ms));
    EXPECT_FALSE(waker->close(10ms)) << "it is still there";
    waker.reset();
  }
  EXPECT_TRUE(any_waker_left()) << "the plugin would be unloaded under its feet";

  // Once the host lets go of it, the thread releases what it kept of Python and ends.
  *go_on = true;
  go_on->notify_all();
  while (!kept_by_thread.expired()) std::this_thread::yield();
  const Gil released(python->api);
}

}  // namespace

}  // namespace silex::python
