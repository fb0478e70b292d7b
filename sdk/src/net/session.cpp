#include "net/session.hpp"

#include "net/session_core.hpp"

#include <future>
#include <utility>

namespace silex::net {

Session::Session(SessionOptions options, SessionHandlers handlers, Executor loop, LogSink log, Wiring wiring)
    : wiring_(std::move(wiring)),
      core_(std::make_shared<SessionCore>(std::move(options.context), std::move(handlers), std::move(loop),
                                          log, wiring_)) {
  // The client's handlers are the core's: they stay on the net sequence.
  const auto executor = [sequence = wiring_.sequence.get()](std::function<void()> call) {
    sequence->post(std::move(call));
  };
  client_ = std::make_unique<Client>(std::move(options.client), executor, std::move(log), wiring_);
  client_->on_state([core = core_](const StateChange& change) { core->changed(change); });
  client_->join("/", {options.auth, false});
  core_->attach(*client_, options.auth);
}

Session::~Session() {
  client_->stop(std::chrono::milliseconds(0));
  const auto detached = std::make_shared<std::promise<void>>();
  auto done = detached->get_future();
  core_->post([detached](SessionCore& core) {
    core.detach();
    detached->set_value();
  });
  done.wait();
}

void Session::start() {
  client_->start();
}

bool Session::stop(std::chrono::milliseconds bound) {
  // Behind what was called before, which is posted and may not be with the client yet.
  std::promise<void> posted;
  core_->post([&posted](SessionCore&) { posted.set_value(); });
  posted.get_future().wait();
  return client_->stop(bound);
}

void Session::set_context(Json context) {
  core_->set_context(std::move(context));
}

void Session::query(Json action) {
  core_->query(std::move(action));
}

void Session::update(Json diff) {
  core_->update(std::move(diff));
}

void Session::clear(const std::string& uuid) {
  core_->clear(uuid);
}

void Session::front_event(std::string name, Json data, EmitOptions options) {
  core_->post([name = std::move(name), data = std::move(data),
               options = std::move(options)](SessionCore& core) { core.front_event(name, data, options); });
}

void Session::report(RuntimeReport report) {
  core_->post([report = std::move(report)](SessionCore& core) { core.report(report); });
}

void Session::emit(std::string nsp, std::string name, Arguments arguments, EmitOptions options,
                   AckHandler handler) {
  AckHandler on_loop;
  if (handler) {
    on_loop = [core = core_, handler = std::move(handler)](Ack ack) {
      core->deliver([handler, ack = std::move(ack)]() mutable { handler(std::move(ack)); });
    };
  }
  client_->emit(std::move(nsp), std::move(name), std::move(arguments), std::move(options),
                std::move(on_loop));
}

void Session::on(std::string nsp, std::string name, EventHandler handler) {
  EventHandler on_loop;
  if (handler) {
    on_loop = [core = std::weak_ptr(core_), handler = std::move(handler)](const Incoming& event) {
      if (const auto alive = core.lock()) alive->deliver([handler, event] { handler(event); });
    };
  }
  client_->on(std::move(nsp), std::move(name), std::move(on_loop));
}

void Session::reconnect_now() {
  client_->reconnect_now();
}

Statistics Session::statistics() const {
  return client_->statistics();
}

}  // namespace silex::net
