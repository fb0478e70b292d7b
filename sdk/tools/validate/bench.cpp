#include "bench.hpp"

#include <atomic>
#include <exception>
#include <thread>
#include <utility>

namespace silex::validate {

namespace {

constexpr std::chrono::milliseconds kQuietTime(100);
constexpr int kQuietTurns = 10;  // of a slow host's loop

}  // namespace

std::unique_ptr<Subject> Bench::open() const {
  if (copies.empty()) return std::make_unique<Subject>(file, recorder);
  static int number = 0;
  const std::filesystem::path folder = copies / std::to_string(number++);
  std::filesystem::create_directories(folder);
  std::filesystem::copy_file(file, folder / file.filename());
  // What the adapter looks for beside itself, such as a second library of its own.
  for (const auto& other :
       std::filesystem::directory_iterator(std::filesystem::absolute(file).parent_path())) {
    const std::filesystem::path beside = folder / other.path().filename();
    if (!std::filesystem::exists(beside)) std::filesystem::create_symlink(other.path(), beside);
  }
  return std::make_unique<Subject>(folder / file.filename(), recorder);
}

std::unique_ptr<Subject> Bench::open_in_host() const {
  auto subject = open();
  subject->init();
  require_host(*subject);
  return subject;
}

void Bench::require_host(Subject& subject) const {
  if (subject.detect()) return;
  if (mode != HostMode::none) fail("detect() says that this process, its host as you say, is none");
  skip("its host is not here: run silex validate with --host and the command that starts it");
}

until quiet(const Bench& bench) {
  const auto end = Clock::now() + kQuietTime;
  return {[&bench, end, first = bench.turns] {
            return Clock::now() >= end && bench.turns >= first + kQuietTurns;
          },
          bench.patience};
}

until drained(Bench& bench, const PlayedPump& pump, int times) {
  return {[&pump, times] { return pump.drains() >= times; }, bench.patience};
}

Routine elsewhere(Bench& bench, Subject& subject, const char* what, const std::function<void()>& function) {
  struct Call {
    std::function<void()> function;
    std::exception_ptr thrown;
    std::atomic<bool> returned = false;
  };
  // The thread may never come back.
  const auto call = std::make_shared<Call>();
  call->function = function;
  std::thread([call] {
    try {
      call->function();
    } catch (...) {
      call->thrown = std::current_exception();
    }
    call->returned = true;
  }).detach();
  const bool returned = co_await until([&call] { return call->returned.load(); }, bench.patience);
  if (!returned) {
    subject.leave_alone();
    fail(std::string(what) + " did not return on another thread within " +
         std::to_string(bench.patience.count()) + " ms: it must not wait for the main thread");
  }
  if (call->thrown) std::rethrow_exception(call->thrown);
}

Routine wake_from_elsewhere(Bench& bench, Subject& subject, Adapter& adapter) {
  const auto status = std::make_shared<silex_status>(SILEX_OK);
  const std::function<void()> wake = [&adapter, status] { *status = adapter.wake(); };
  co_await elsewhere(bench, subject, "wake()", wake);
  if (*status != SILEX_OK) fail("wake() says no, with status " + std::to_string(*status));
}

}  // namespace silex::validate
