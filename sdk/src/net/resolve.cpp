#include "net/resolve.hpp"

#include "platform/own_thread.hpp"

#include <mutex>

#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>

namespace silex::net {
namespace {

// What the look-up's thread and its owner share: whoever comes last finds the other gone.
struct Shared {
  std::mutex mutex;
  asio::io_context* io = nullptr;  // null once given up
  bool finished = false;
  Resolved result;
};

class ThreadedResolution : public Resolution {
 public:
  ThreadedResolution(asio::io_context& io, std::function<void(Resolved)> done)
      : shared_(std::make_shared<Shared>()),
        done_(std::make_shared<std::function<void(Resolved)>>(std::move(done))) {
    shared_->io = &io;
  }

  ~ThreadedResolution() override {
    bool finished = false;
    {
      const std::lock_guard lock(shared_->mutex);
      shared_->io = nullptr;
      finished = shared_->finished;
    }
    *done_ = nullptr;
    if (!thread_.joinable()) return;
    if (finished) {
      thread_.join();  // it is past its last lock: this takes microseconds
    } else {
      // Stuck in the C library for up to its own time-out. Nobody waits for it, and its code must outlive it.
      platform::pin_this_library();
      thread_.detach();
    }
  }

  void start(const std::string& host, const BlockingLookup& lookup) {
    thread_ = platform::start_thread("silex-dns", [shared = shared_, done = done_, host, lookup] {
      Resolved result = lookup(host);
      const std::lock_guard lock(shared->mutex);
      shared->finished = true;
      shared->result = std::move(result);
      if (shared->io == nullptr) return;
      // Under the lock, so that the owner, and with it the io_context, cannot go away in between.
      asio::post(*shared->io, [shared, done] {
        if (*done) std::exchange(*done, nullptr)(std::move(shared->result));
      });
    });
  }

 private:
  std::shared_ptr<Shared> shared_;
  std::shared_ptr<std::function<void(Resolved)>> done_;  // io's thread only
  std::thread thread_;
};

class ImmediateResolution : public Resolution {
 public:
  ImmediateResolution(asio::io_context& io, Resolved result, std::function<void(Resolved)> done)
      : done_(std::make_shared<std::function<void(Resolved)>>(std::move(done))) {
    asio::post(io, [done = done_, result = std::move(result)] {
      if (*done) std::exchange(*done, nullptr)(result);
    });
  }
  ~ImmediateResolution() override { *done_ = nullptr; }

 private:
  std::shared_ptr<std::function<void(Resolved)>> done_;
};

}  // namespace

Resolved system_lookup(const std::string& host) {
  asio::io_context io;
  asio::ip::tcp::resolver resolver(io);
  std::error_code error;
  const auto results = resolver.resolve(host, "", error);
  Resolved resolved;
  if (error) resolved.error = error.message();
  for (const auto& result : results) resolved.addresses.push_back(result.endpoint().address());
  return resolved;
}

std::unique_ptr<Resolution> resolve(asio::io_context& io, const std::string& host,
                                    const BlockingLookup& lookup, std::function<void(Resolved)> done) {
  std::error_code not_numeric;
  const auto address = asio::ip::make_address(host, not_numeric);
  if (!not_numeric)
    return std::make_unique<ImmediateResolution>(io, Resolved{{address}, {}}, std::move(done));
  if (host == "localhost") {
    const Resolved loopback{{asio::ip::address_v4::loopback(), asio::ip::address_v6::loopback()}, {}};
    return std::make_unique<ImmediateResolution>(io, loopback, std::move(done));
  }
  auto resolution = std::make_unique<ThreadedResolution>(io, std::move(done));
  resolution->start(host, lookup);
  return resolution;
}

}  // namespace silex::net
