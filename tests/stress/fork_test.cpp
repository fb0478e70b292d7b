// A fork of the host's process, with everything under way.
#include "stress.hpp"
#include "toy_host.h"

#include <silex/silex.hpp>

#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

#include <sys/wait.h>

namespace silex::test {
namespace {

// In the child there is no test framework to tell: it counts, and its status says how many went wrong.
class Child {
 public:
  void expect(bool held, const char* what) {
    if (held) return;
    std::fprintf(stderr, "in the child, not so: %s\n", what);
    ++wrong_;
  }
  [[nodiscard]] int wrong() const { return wrong_; }

 private:
  int wrong_ = 0;
};

void expect_refusals(Child& child, silex_runtime* runtime) {
  silex_work work{};
  work.size = sizeof work;
  work.run = [](void*, const silex_scope*) -> silex_status { return SILEX_OK; };
  silex_timer timer{};
  timer.size = sizeof timer;
  timer.fired = [](void*, silex_status) {};
  silex_task task{sizeof(silex_task), "task", nullptr, nullptr};
  silex_metrics metrics{};
  metrics.size = sizeof metrics;
  silex_id id = 0;
  const auto forked = [&](silex_status status, const char* what) {
    child.expect(status == SILEX_ERROR_FORKED, what);
  };
  forked(silex_runtime_start(runtime), "start says forked");
  forked(silex_defer(runtime, &work, nullptr), "defer says forked");
  forked(silex_call_and_wait(runtime, &work), "call_and_wait says forked");
  forked(silex_submit(runtime, &work, nullptr), "submit says forked");
  forked(silex_cancel(runtime, 1), "cancel says forked");
  forked(silex_drain(runtime, nullptr), "drain says forked");
  forked(silex_pump_until(runtime, nullptr, nullptr, 0), "pump_until says forked");
  forked(silex_pump_notify(runtime), "pump_notify says forked");
  forked(silex_post(
             runtime, 0, [](void*) {}, nullptr),
         "post says forked");
  forked(silex_timer_start(runtime, &timer, nullptr), "timer_start says forked");
  forked(silex_task_open(runtime, &task, &id), "task_open says forked");
  forked(silex_task_close(runtime, 1), "task_close says forked");
  forked(silex_task_cancel(runtime, 1), "task_cancel says forked");
  forked(silex_metrics_read(runtime, &metrics), "metrics_read says forked");
  child.expect(!silex_runtime_is_running(runtime), "the parent's runtime does not run here");
  child.expect(silex_runtime_stop(runtime) == SILEX_OK, "stop is harmless");
  child.expect(silex_runtime_stop(runtime) == SILEX_OK, "stop is harmless twice");
  child.expect(silex_runtime_destroy(runtime) == SILEX_OK, "destroy is harmless");
}

task<> endless(Context ctx) {
  for (;;) {
    co_await ctx.worker([] {});
    co_await ctx.sleep(std::chrono::microseconds(50));
  }
}

RuntimeOptions quiet() {
  RuntimeOptions options;
  options.adapter_path = SILEX_TOY_ADAPTER_FOLDER;
  options.log = [](silex_log_level, std::string_view) {};
  return options;
}

// The host's main loop, until the condition holds.
template <typename Condition>
void run_host(Condition condition) {
  toy_host_run_modal([](void* data) { return (*static_cast<Condition*>(data))(); }, &condition);
}

// Threads defer and jobs run while the process forks.
int live_in_the_child(silex_runtime* parents, TaskHandle<>& parents_task) {
  Child child;
  try {
    parents_task.get();
    child.expect(false, "waiting for a task of the parent's throws");
  } catch (const HostGone& gone) {
    child.expect(gone.code() == SILEX_ERROR_FORKED, "waiting for a task of the parent's says forked");
  }
  expect_refusals(child, parents);

  toy_host_reset(false);
  Runtime runtime(quiet());
  runtime.choose_adapter("toy");
  runtime.start();
  auto handle = runtime.spawn("in the child", [](Context ctx) -> task<int> {
    int sum = co_await ctx.main_thread([] { return 1; });
    sum += co_await ctx.worker([] { return 1; });
    toy_host_quit();
    co_return sum;
  });
  toy_host_run();
  child.expect(handle.get() == 2, "a new runtime works");
  return child.wrong();
}

TEST(ForkStress, InTheChildTheRuntimeSaysSoAndANewOneWorksAndTheParentIsUnharmed) {
  if (kThreadSanitizer) GTEST_SKIP() << "ThreadSanitizer starts no thread in a fork of many threads";
  if (kAddressSanitizer)
    GTEST_SKIP() << "AddressSanitizer's allocator is left locked by a thread of the parent's";
  const HangAlarm watch(is_long() ? 600 : 100);
  toy_host_reset(false);
  Runtime runtime(quiet());
  runtime.choose_adapter("toy");
  runtime.start();
  auto busy = runtime.spawn("endless", [](Context ctx) { return endless(ctx); });
  std::atomic<bool> ended = false;
  std::atomic<int> accepted = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      silex_work work{};
      work.size = sizeof work;
      work.run = [](void*, const silex_scope*) -> silex_status { return SILEX_OK; };
      while (!ended) {
        if (silex_call_and_wait(runtime.handle(), &work) == SILEX_OK) ++accepted;
      }
    });
  }
  const int forks = is_long() ? 200 : 5;
  for (int i = 0; i < forks; ++i) {
    run_host([&] { return accepted > 100 * i; });
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      alarm(60);  // the parent's does not come along
      const int wrong = live_in_the_child(runtime.handle(), busy);
      std::exit(wrong);
    }
    int status = 0;
    ASSERT_EQ(child, waitpid(child, &status, 0));
    ASSERT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
    ASSERT_EQ(0, WEXITSTATUS(status));
  }
  // The parent goes on.
  const int before = accepted;
  run_host([&] { return accepted > before + 100; });
  ended = true;
  EXPECT_NO_THROW(runtime.stop());
  for (auto& thread : threads) thread.join();
  // What the host still holds is a no-op by now; it goes once it has run.
  const auto frames = toy_host_frames();
  run_host([&] { return toy_host_frames() > frames + 2; });
}

}  // namespace
}  // namespace silex::test
