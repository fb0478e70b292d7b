// What comes in: Socket.IO packets, each to its namespace.
#include "net/codec/codec_error.hpp"
#include "net/engine.hpp"

#include <atomic>
#include <utility>

namespace silex::net {

void Engine::packet(std::string_view text) {
  try {
    if (auto packet = decoder_.text(text)) take(*packet);
  } catch (const CodecError& wrong) {
    protocol_error(wrong.what());
  }
}

void Engine::attachment(std::string_view bytes) {
  try {
    if (auto packet = decoder_.attachment(bytes)) take(*packet);
  } catch (const CodecError& wrong) {
    protocol_error(wrong.what());
  }
}

void Engine::take(socket_io::Packet& packet) {
  Membership* membership = find(packet.nsp);
  if (membership == nullptr) return;  // left meanwhile
  switch (packet.type) {
    case socket_io::Type::connect:
      return take_connect(*membership, packet);
    case socket_io::Type::connect_error:
      return joining_failed(*membership, StateChange::Kind::refused, wire::message(packet));
    case socket_io::Type::disconnect:
      return joining_failed(*membership, StateChange::Kind::left, "the server disconnected it");
    case socket_io::Type::event:
      return take_event(*membership, packet);
    case socket_io::Type::ack:
      return take_ack(packet);
  }
}

void Engine::take_connect(Membership& membership, const socket_io::Packet& packet) {
  if (membership.state != Membership::State::joining) return;
  const std::string pid = wire::session(packet, "pid");
  const bool recovered = !pid.empty() && pid == membership.pid && !membership.offset.empty();
  membership.state = Membership::State::joined;
  membership.held = membership.options.hold;
  membership.visit = ++visits_;
  membership.timer.reset();
  membership.refusal.clear();
  membership.backoff.reset();
  if (!recovered) membership.offset.clear();
  membership.pid = pid;
  backoff_.reset();
  if (failures_ > 0) {
    log_(LogLevel::info, "connected to " + display_name(url_) + " again after " + std::to_string(failures_) +
                             (failures_ == 1 ? " failure" : " failures"));
    report_drops();
    failures_ = 0;
    logged_.clear();
  }
  tell({StateChange::Kind::joined, membership.nsp, recovered, membership.visit, {}, {}});
}

void Engine::take_event(Membership& membership, socket_io::Packet& packet) {
  ++counters_.received;
  Arguments& arguments = packet.arguments;
  // The offset counts even where nobody listens: the server must not send the event again.
  if (!membership.pid.empty() && !arguments.empty() && arguments.back().is_string()) {
    membership.offset = arguments.back().get<std::string>();
  }
  auto handler = membership.handlers.find(packet.name);
  if (handler == membership.handlers.end()) handler = membership.handlers.find("");
  if (handler == membership.handlers.end()) return;
  auto event = std::make_shared<Incoming>();
  event->nsp = membership.nsp;
  event->name = std::move(packet.name);
  event->arguments = std::move(arguments);
  if (packet.id) {
    auto answered = std::make_shared<std::atomic<bool>>(false);
    event->reply = [engine = weak_from_this(), answered, nsp = membership.nsp, connection = connection_,
                    id = *packet.id](Arguments reply) {
      const auto self = engine.lock();
      if (!self || answered->exchange(true)) return;
      self->submit([nsp, connection, id, reply = std::move(reply)](Engine& on) {
        on.reply(nsp, connection, id, reply);
      });
    };
  }
  deliveries_.add([handler = handler->second, event = std::move(event)] { (*handler)(*event); });
  want_turn();
}

void Engine::take_ack(socket_io::Packet& packet) {
  auto pending = packet.id ? acks_.take(*packet.id) : std::nullopt;
  if (!pending) return;  // it came too late, or nobody asked
  pending->event->acknowledged = true;
  flight_.settle(*pending->event);
  complete(pending->handler, {AckStatus::acknowledged, std::move(packet.arguments), {}});
  want_turn();
}

void Engine::protocol_error(const std::string& why) {
  const auto self = shared_from_this();
  link_.reset();
  lost({CloseCause::lost, 0, display_name(url_) + " broke the protocol: " + why});
}

}  // namespace silex::net
