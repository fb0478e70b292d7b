#include "probe.hpp"

namespace probe {

using Clock = std::chrono::steady_clock;

Probe::Probe(Settings settings) {
  silex::RuntimeOptions options;
  options.no_pump = settings.no_pump;
  options.stop_timeout = settings.stop_timeout;
  options.log = [this](silex_log_level /*level*/, std::string_view message) {
    const std::lock_guard lock(mutex_);
    log_.append(message).append("\n");
  };
  runtime_ = std::make_unique<silex::Runtime>(std::move(options));
}

Probe::~Probe() {
  runtime_.reset();
  for (std::thread& caller : callers_) caller.join();
}

std::string Probe::log() const {
  const std::lock_guard lock(mutex_);
  return log_;
}

void Probe::call_until_gone() {
  const silex::Context context = runtime_->context();
  try {
    for (;;) context.call_and_wait([] {});
  } catch (const silex::HostGone&) {
    ++callers_told_;
  }
}

void Probe::start_caller() {
  callers_.emplace_back([this] { call_until_gone(); });
}

void Probe::defer_slowly(int count) {
  runtime_->spawn("slow", [this, count](silex::Context context) -> silex::task<void> {
    for (int i = 0; i < count; ++i) {
      co_await context.sleep(std::chrono::milliseconds(10));
      calls_.defer(context, nullptr, 1);
    }
  });
}

void Probe::defer_and_stop() {
  const auto before = runtime_->metrics().wakes;
  calls_.defer(runtime_->context(), nullptr, 1);
  while (runtime_->metrics().wakes == before) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(2));
  runtime_->stop();
}

void Probe::start_chain(int count) {
  chain_rate_ = 0;
  runtime_->spawn("chain", [this, count](silex::Context context) -> silex::task<void> {
    co_await context.main_thread([] {});  // the wait for a turn of the host is not part of the chain
    const auto begin = Clock::now();
    for (int i = 0; i < count; ++i) co_await context.main_thread([] {});
    chain_rate_ = count / std::chrono::duration<double>(Clock::now() - begin).count();
  });
}

}  // namespace probe
