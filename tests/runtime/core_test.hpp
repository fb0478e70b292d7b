// One run of a runtime, with a clock and a host of the test's; the main thread is the test's too.
#pragma once

#include "hosts/mock_host.hpp"
#include "runtime/core.hpp"
#include "runtime/manual_clock.hpp"
#include "runtime/probe.hpp"

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::test {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CoreTest : public ::testing::Test {
 protected:
  // Settings and expectations come before it.
  void start() {
    ++alive_;
    core = std::shared_ptr<Core>(new Core(settings, logger, &host, clock), [this](Core* gone) {
      delete gone;
      --alive_;
    });
    ASSERT_TRUE(core->start().ok());
  }
  Status stop() {
    const std::shared_ptr<Core> running = std::exchange(core, nullptr);
    return running->stop();
  }
  void TearDown() override {
    if (core) static_cast<void>(stop());
    // A thread that was left behind holds it, and with it the clock.
    EXPECT_TRUE(eventually([this] { return alive_ == 0; }));
  }

  // Each lives until the run is over.
  Probe& probe(Probe::Body body = {}) { return probes_.emplace_back(std::move(body)); }
  Probe& defer(Probe& call) {
    EXPECT_TRUE(core->defer(call.work, &call.id).ok());
    return call;
  }
  Probe& defer(Probe::Body body = {}) { return defer(probe(std::move(body))); }
  Probe& submit(Probe& job) {
    EXPECT_TRUE(core->submit(job.work, &job.id).ok());
    return job;
  }
  Probe& submit(Probe::Body body = {}) { return submit(probe(std::move(body))); }
  silex_drain_report drain() {
    silex_drain_report report{sizeof(silex_drain_report), 0, 0};
    const std::shared_ptr<Core> held = core;  // a call may stop it
    drained = held->drain(report);
    return report;
  }
  [[nodiscard]] silex_metrics metrics() const {
    silex_metrics read{};
    core->read(read);
    return read;
  }

  // What the event sink was told, with its own storage.
  struct Told {
    silex_event_kind kind;
    silex_task_id task;
    std::string name;
    Duration duration;
    std::string message;
  };
  std::vector<Told> events() {
    const std::lock_guard lock(events_mutex_);
    return events_;
  }
  // The first event of a kind, waited for.
  Told event(silex_event_kind kind) {
    Told found{};
    EXPECT_TRUE(eventually([&] {
      for (const Told& told : events()) {
        if (told.kind == kind) {
          found = told;
          return true;
        }
      }
      return false;
    })) << "no event of kind "
        << kind;
    return found;
  }
  std::size_t count(silex_event_kind kind) {
    std::size_t found = 0;
    for (const Told& told : events()) found += told.kind == kind ? 1 : 0;
    return found;
  }
  // "2: text" for a warning.
  [[nodiscard]] std::vector<std::string> log() const { return log_.all(); }

  Settings settings{
      .workers = 2,
      .worker_queue = 16,
      .calls = {.budget = 8ms, .linger = 0ms, .slow_call = 50ms},
      .stalls = {.loop_stall = 250ms, .host_busy = 2s},
      .no_pump = 10s,
      .stop_timeout = 20s,
      .event_sink = [this](const silex_event& event) {
        const std::lock_guard lock(events_mutex_);
        events_.push_back({event.kind, event.task, event.name, Duration(event.duration_ns), event.message});
      }};
  ManualClock clock;
  ::testing::NiceMock<MockHostPort> host;
  std::shared_ptr<Core> core;
  Status drained;  // what the last drain said

 private:
  std::atomic<int> alive_{0};
  std::mutex events_mutex_;
  std::vector<Told> events_;
  Lines log_;
  std::deque<Probe> probes_;

 protected:
  const std::shared_ptr<Logger> logger = std::make_shared<Logger>(
      [](void* data, silex_log_level level, const char* message) {
        static_cast<Lines*>(data)->add(std::to_string(level) + ": " + message);
      },
      &log_);
};

}  // namespace silex::test
