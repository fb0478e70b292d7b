// The client against npm's socket.io-client and python-socketio, one after the other, on the same server.
// Usage: bench_net [ours]     With "ours" the reference clients are left out.
#include "bench_process.hpp"
#include "child_process.hpp"
#include "net/client.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <fstream>
#include <future>
#include <iostream>
#include <mutex>
#include <thread>

#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace silex::net;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// A user's loop, as plain as can be: a thread, a queue, a condition variable.
class Loop {
 public:
  ~Loop() {
    post([this] { done_ = true; });
    thread_.join();
  }
  void post(std::function<void()> call) {
    {
      const std::lock_guard lock(mutex_);
      calls_.push_back(std::move(call));
    }
    changed_.notify_one();
  }

 private:
  void run() {
    while (!done_) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return !calls_.empty(); });
      auto call = std::move(calls_.front());
      calls_.pop_front();
      lock.unlock();
      call();
    }
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> calls_;
  bool done_ = false;
  std::thread thread_{[this] { run(); }};
};

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](timeval time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Memory of our own, without the code that is mapped from files.
double anonymous_mib() {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("RssAnon:")) return std::stod(line.substr(8)) / 1024.0;
  }
  return 0;
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

class Bench {
 public:
  explicit Bench(const std::string& url) {
    ClientOptions options;
    options.url = url;
    client_ = std::make_unique<Client>(
        options, [this](std::function<void()> call) { loop_.post(std::move(call)); },
        [](LogLevel, std::string_view) {});
    client_->join("/");
    client_->on_state([this](const StateChange& change) {
      if (change.kind == StateChange::Kind::joined) joined_at_ = Clock::now(), joined_.set_value();
      if (change.retry_in) retry_at_ = Clock::now() + *change.retry_in, wait_ = *change.retry_in;
    });
    client_->start();
    wait_joined();
  }

  void wait_joined() {
    joined_.get_future().wait();
    joined_ = {};
  }

  struct InFlight {
    double rate = 0;
    double cpu = 0;
  };
  InFlight in_flight(int count, int window, std::size_t size) {
    std::promise<void> done;
    int issued = 0;
    int answered = 0;
    const Json payload{{"data", std::string(size, 'x')}};
    EmitOptions options;
    options.timeout = 60s;
    std::function<void()> next = [&] {
      ++issued;
      client_->emit("/", "e", {payload}, options, [&](const Ack&) {
        if (++answered == count) return done.set_value();
        if (issued < count) next();
      });
    };
    const double cpu = cpu_seconds();
    const auto start = Clock::now();
    loop_.post([&] {
      for (int i = 0; i < window; ++i) next();
    });
    done.get_future().wait();
    return {count / seconds_since(start), cpu_seconds() - cpu};
  }

  double sequential_p50(int count, std::size_t size) {
    std::vector<double> times;
    std::promise<void> done;
    const Json payload{{"data", std::string(size, 'x')}};
    Clock::time_point start;
    std::function<void()> next = [&] {
      start = Clock::now();
      client_->emit("/", "e", {payload}, {}, [&](const Ack&) {
        times.push_back(seconds_since(start) * 1e6);
        if (static_cast<int>(times.size()) == count) return done.set_value();
        next();
      });
    };
    loop_.post(next);
    done.get_future().wait();
    std::nth_element(times.begin(), times.begin() + count / 2, times.end());
    return times[static_cast<std::size_t>(count / 2)];
  }

  // As the reference scripts measure them.
  nlohmann::json figures() {
    in_flight(2000, 64, 200);
    const InFlight many = in_flight(20000, 64, 200);
    const double p50 = sequential_p50(2000, 200);
    in_flight(50, 16, 100'000);
    const InFlight large = in_flight(500, 16, 100'000);
    return {{"rate", many.rate}, {"cpu", many.cpu}, {"p50", p50}, {"large", large.rate}};
  }

  double idle_percent(std::chrono::seconds period) {
    const double cpu = cpu_seconds();
    std::this_thread::sleep_for(period);  // idle is what is measured
    return (cpu_seconds() - cpu) / std::chrono::duration<double>(period).count() * 100;
  }

  // How long after the server returned, as a part of the back-off that was scheduled.
  double return_ratio(silex::test::ServerProcess& server) {
    server.kill();
    std::this_thread::sleep_for(1200ms);  // away for longer than a back-off
    server.restart();
    wait_joined();
    std::promise<double> ratio;
    loop_.post([&] {
      const double late = std::chrono::duration<double>(joined_at_ - retry_at_).count();
      ratio.set_value(1 + late / std::chrono::duration<double>(wait_).count());
    });
    return ratio.get_future().get();
  }

 private:
  std::promise<void> joined_;
  Clock::time_point joined_at_;
  Clock::time_point retry_at_;
  Duration wait_{};
  Loop loop_;
  std::unique_ptr<Client> client_;
};

void keep_best(nlohmann::json& best, const nlohmann::json& figures) {
  for (const auto& [key, value] : figures.items()) {
    const bool less_is_better = key == "cpu" || key == "p50";
    if (!best.contains(key) || (value < best[key]) == less_is_better) best[key] = value;
  }
}

void row(const char* what, double ours, const nlohmann::json& js, const nlohmann::json& py, const char* key,
         const char* target) {
  const auto show = [&](const nlohmann::json& reference) {
    if (!reference.contains(key)) return std::printf(" | %10s %6s", "-", "-");
    const double value = reference[key];
    return std::printf(" | %10.4g %5.2fx", value, ours / value);
  };
  std::printf("%-46s | %10.4g", what, ours);
  show(js);
  show(py);
  std::printf(" | %s\n", target);
}

}  // namespace

int main(int argc, char** argv) {
  const bool only_ours = argc > 1 && std::string(argv[1]) == "ours";
  const std::string scripts = SILEX_BENCH_REFERENCE_DIR;
  if (getenv("NODE_PATH") == nullptr) setenv("NODE_PATH", SILEX_BENCH_NODE_MODULES, 0);
  silex::test::ServerProcess server([&](int port) {
    std::vector<std::string> command{"node", scripts + "/ack_server.js"};
    if (port != 0) command.push_back(std::to_string(port));
    return command;
  });
  const std::string address = "127.0.0.1:" + std::to_string(server.port());

  const double before = anonymous_mib();
  Bench bench("ws://" + address);
  const double memory = anonymous_mib() - before;

  // The best of some rounds, in turn: other work on the machine only ever makes figures worse.
  nlohmann::json ours;
  nlohmann::json js;
  nlohmann::json py;
  for (int round = 0; round < (only_ours ? 1 : 5); ++round) {
    keep_best(ours, bench.figures());
    if (only_ours) continue;
    keep_best(js, silex::bench::output_of({"node", scripts + "/client.js", "http://" + address}));
    keep_best(py, silex::bench::output_of({"/usr/bin/python3", scripts + "/client.py", "http://" + address}));
  }
  const double idle = bench.idle_percent(only_ours ? 2s : 10s);
  const double returned = bench.return_ratio(server);

  std::printf("%-46s | %10s | %17s | %17s | %s\n", "", "ours", "socket.io-client", "python-socketio",
              "target");
  row("20,000 acknowledged 200 B, 64 in flight, /s", ours["rate"], js, py, "rate", "above both");
  row("    CPU-s for them", ours["cpu"], js, py, "cpu", "<= 0.36x of socket.io-client");
  row("sequential acknowledged emit, p50, us", ours["p50"], js, py, "p50", "below both");
  row("500 acknowledged 100 KB, 16 in flight, /s", ours["large"], js, py, "large", "above both");
  row("idle, % of a core", idle, {}, {}, "", "< 0.1");
  row("memory of one connection, MiB", memory, {}, {}, "", "< 2");
  row("back after the server returned, x back-off", returned, {}, {}, "", "<= 1.2");
}
