#include "net/client.hpp"

#include "net/codec/codec_error.hpp"
#include "net/engine.hpp"

#include <condition_variable>
#include <mutex>
#include <stdexcept>

namespace silex::net {

Client::Client(ClientOptions options, Executor executor, LogSink log, Wiring wiring)
    : wiring_(std::move(wiring)),
      engine_(std::make_shared<Engine>(std::move(options), std::move(executor), std::move(log),
                                       *wiring_.sequence, wiring_.transport, wiring_.random)) {}

Client::~Client() {
  stop(std::chrono::milliseconds(0));
}

void Client::start() {
  engine_->submit([](Engine& engine) { engine.start(); });
}

void Client::join(std::string nsp, JoinOptions options) {
  if (!nsp.starts_with('/') || nsp.find(',') != std::string::npos) {
    throw std::invalid_argument("the namespace \"" + nsp +
                                "\" is not usable: it must start with '/', without a comma");
  }
  // Whatever cannot be encoded shows here, to the caller, and not later on the net thread.
  try {
    wire::connect_packet(nsp, options.auth);
  } catch (const CodecError& wrong) {
    throw std::invalid_argument(wrong.what());
  }
  engine_->submit(
      [nsp = std::move(nsp), options = std::move(options)](Engine& engine) { engine.join(nsp, options); });
}

void Client::leave(std::string nsp) {
  engine_->submit([nsp = std::move(nsp)](Engine& engine) { engine.leave(nsp); });
}

void Client::release(std::string nsp) {
  engine_->submit([nsp = std::move(nsp)](Engine& engine) { engine.release(nsp); });
}

void Client::on(std::string nsp, std::string name, EventHandler handler) {
  engine_->submit([nsp = std::move(nsp), name = std::move(name),
                   handler = std::move(handler)](Engine& engine) { engine.on(nsp, name, handler); });
}

void Client::on_state(StateHandler handler) {
  engine_->submit([handler = std::move(handler)](Engine& engine) { engine.on_state(handler); });
}

void Client::emit(std::string nsp, std::string name, Arguments arguments, EmitOptions options) {
  emit(std::move(nsp), std::move(name), std::move(arguments), std::move(options), nullptr);
}

void Client::emit(std::string nsp, std::string name, Arguments arguments, EmitOptions options,
                  AckHandler handler) {
  engine_->submit(Emission{std::move(nsp), std::move(name), std::move(arguments), std::move(options),
                           std::move(handler), wiring_.sequence->now()});
}

void Client::reconnect_now() {
  engine_->submit([](Engine& engine) { engine.reconnect_now(); });
}

Statistics Client::statistics() const {
  return engine_->statistics();
}

void Client::stop(std::chrono::milliseconds bound, std::function<void(bool)> done) {
  engine_->submit([bound, done = std::move(done)](Engine& engine) { engine.stop(bound, done); });
}

bool Client::stop(std::chrono::milliseconds bound) {
  struct Outcome {
    std::mutex mutex;
    std::condition_variable changed;
    bool known = false;
    bool clean = false;
  };
  // Shared, so that whoever waits may go before the net thread has left the notification.
  const auto outcome = std::make_shared<Outcome>();
  stop(bound, [outcome](bool clean) {
    const std::lock_guard lock(outcome->mutex);
    outcome->clean = clean;
    outcome->known = true;
    outcome->changed.notify_all();
  });
  std::unique_lock lock(outcome->mutex);
  outcome->changed.wait(lock, [&] { return outcome->known; });
  return outcome->clean;
}

}  // namespace silex::net
