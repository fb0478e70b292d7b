#include "net/net_thread.hpp"

#include "platform/own_thread.hpp"

#include <algorithm>
#include <utility>

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>

namespace silex::net {
namespace {

class AsioTimer : public Timer {
 public:
  AsioTimer(asio::io_context& io, Duration delay, Sequence::Task task)
      : task_(std::make_shared<Sequence::Task>(std::move(task))), timer_(io, delay) {
    timer_.async_wait([task = task_](const std::error_code&) {
      // A handler that is queued already can no longer be cancelled: an emptied task is what withdraws it.
      if (*task) std::exchange(*task, nullptr)();
    });
  }
  ~AsioTimer() override { *task_ = nullptr; }

 private:
  std::shared_ptr<Sequence::Task> task_;
  asio::steady_timer timer_;
};

}  // namespace

struct NetThread::Impl {
  explicit Impl(BlockingLookup with) : lookup(std::move(with)), work(io.get_executor()) {}

  BlockingLookup lookup;
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work;
  std::thread thread;
  Duration gathering{};  // net thread only

  void run() {
    platform::use_precise_timers();
    while (!io.stopped()) {
      wait_for_work();
      io.poll();
      // Sleeping, not waiting for the sockets: each frame that came would end the wait, and the wake-ups are
      // what costs.
      if (const Duration time = std::exchange(gathering, Duration::zero()); time > Duration::zero()) {
        std::this_thread::sleep_for(time);
        short_waits = 0;  // what comes now is no surprise
      }
    }
  }

  // Going to sleep and being woken takes longer than a server on this machine takes to answer. So where the
  // last waits were that short, the next one is first spent asking, and giving the processor to whoever wants
  // it.
  void wait_for_work() {
    constexpr std::chrono::microseconds worthwhile{50};
    constexpr int most = 8;
    const auto start = std::chrono::steady_clock::now();
    auto now = start;
    if (short_waits > 0) {
      for (; now - start < worthwhile; now = std::chrono::steady_clock::now()) {
        if (io.poll_one() > 0) {
          short_waits = std::min(short_waits + 1, most);
          return;
        }
        std::this_thread::yield();
      }
    }
    io.run_one();
    const bool was_short = short_waits == 0 && std::chrono::steady_clock::now() - start < 2 * worthwhile;
    short_waits = std::clamp(short_waits + (was_short ? 1 : -1), 0, most);
  }

  int short_waits = 0;  // of late: a score
};

NetThread::NetThread(BlockingLookup lookup) : impl_(std::make_unique<Impl>(std::move(lookup))) {
  impl_->thread = platform::start_thread("silex-net", [impl = impl_.get()] { impl->run(); });
}

NetThread::~NetThread() {
  impl_->io.stop();
  impl_->thread.join();
}

void NetThread::post(Task task) {
  asio::post(impl_->io, std::move(task));
}

TimePoint NetThread::now() const {
  return std::chrono::steady_clock::now();
}

std::unique_ptr<Timer> NetThread::after(Duration delay, Task task) {
  return std::make_unique<AsioTimer>(impl_->io, delay, std::move(task));
}

void NetThread::gather(Duration time) {
  impl_->gathering = std::min<Duration>(std::max(impl_->gathering, time), std::chrono::microseconds(200));
}

asio::io_context& NetThread::io() {
  return impl_->io;
}
const BlockingLookup& NetThread::lookup() const {
  return impl_->lookup;
}

}  // namespace silex::net
