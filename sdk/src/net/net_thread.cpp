#include "net/net_thread.hpp"

#include "net/own_thread.hpp"

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
};

NetThread::NetThread(BlockingLookup lookup) : impl_(std::make_unique<Impl>(std::move(lookup))) {
  impl_->thread = start_thread("silex-net", [io = &impl_->io] { io->run(); });
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

asio::io_context& NetThread::io() {
  return impl_->io;
}
const BlockingLookup& NetThread::lookup() const {
  return impl_->lookup;
}

}  // namespace silex::net
