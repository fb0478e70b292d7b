#include "net/link.hpp"

#include <algorithm>
#include <array>

namespace silex::net {
namespace {

constexpr std::uint16_t normal_closure = 1000;

std::string milliseconds(Duration duration) {
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count()) + " ms";
}

}  // namespace

Link::Link(Sequence& sequence, std::unique_ptr<Transport> transport, LinkEvents& events)
    : sequence_(sequence), transport_(std::move(transport)), events_(events) {}

void Link::open(const Url& url, const TransportOptions& options) {
  url_ = url;
  connect_timeout_ = options.connect_timeout;
  opening_since_ = sequence_.now();
  transport_->open(url, options, *this);
}

void Link::opened() {
  // What the transport left of the time, so that the whole opening is bounded by one number.
  const Duration left = opening_since_ + connect_timeout_ - sequence_.now();
  timer_ = sequence_.after(std::max<Duration>(left, std::chrono::milliseconds(50)), [this] {
    fail(CloseCause::timed_out, display_name(url_) +
                                    " opened a WebSocket but did not speak Engine.IO within " +
                                    milliseconds(connect_timeout_) + "; is it a Socket.IO server?");
  });
}

void Link::heard() {
  last_heard_ = sequence_.now();
}

void Link::message(std::string_view payload, bool binary) {
  if (binary) {
    if (linked_) events_.attachment(payload);
    return;
  }
  engine_io::Packet packet;
  try {
    packet = engine_io::decode(payload);
    if (packet.type == engine_io::Type::open) return take_handshake(engine_io::decode_handshake(packet.data));
  } catch (const CodecError& wrong) {
    return linked_ ? fail(CloseCause::lost, display_name(url_) + " broke the protocol: " + wrong.what())
                   : fail(CloseCause::refused,
                          display_name(url_) + " does not speak Engine.IO 4: " + wrong.what());
  }
  if (!linked_)
    return fail(CloseCause::refused, display_name(url_) + " speaks before its Engine.IO hand-shake");
  switch (packet.type) {
    case engine_io::Type::close:
      return fail(CloseCause::closed, display_name(url_) + " closed the connection");
    case engine_io::Type::ping: {
      std::string pong;
      engine_io::append(pong, engine_io::Type::pong, packet.data);
      runs_.push_back({true, 1});
      return transport_->send(std::array{FrameView{pong, false}});
    }
    case engine_io::Type::message:
      return events_.packet(packet.data);
    default:
      return;  // noop, and a pong or an upgrade nobody asked for
  }
}

void Link::take_handshake(const engine_io::Handshake& handshake) {
  if (linked_) return fail(CloseCause::lost, display_name(url_) + " opened a second time on one connection");
  linked_ = true;
  last_heard_ = sequence_.now();
  silence_allowed_ = handshake.ping_interval + handshake.ping_timeout;
  watch(silence_allowed_);
  events_.linked(handshake);
}

// Wakes once per heartbeat, not once per message: a message only notes the time.
void Link::watch(Duration wait) {
  timer_ = sequence_.after(wait, [this] {
    const Duration silence = sequence_.now() - last_heard_;
    if (silence < silence_allowed_) return watch(silence_allowed_ - silence);
    fail(CloseCause::lost, display_name(url_) + " sent no heartbeat for " + milliseconds(silence_allowed_));
  });
}

void Link::send(std::span<const FrameView> frames) {
  if (frames.empty()) return;
  runs_.push_back({false, frames.size()});
  transport_->send(frames);
}

void Link::written(std::size_t frames) {
  std::size_t theirs = 0;
  while (frames > 0 && !runs_.empty()) {
    Run& run = runs_.front();
    const std::size_t part = std::min(frames, run.frames);
    if (!run.own) theirs += part;
    frames -= part;
    run.frames -= part;
    if (run.frames == 0) runs_.pop_front();
  }
  if (theirs > 0) events_.written(theirs);
}

void Link::close() {
  transport_->close(normal_closure, {});
}

void Link::closed(const CloseReason& reason) {
  timer_.reset();
  events_.down(reason);
}

void Link::fail(CloseCause cause, std::string sentence) {
  timer_.reset();
  transport_.reset();
  events_.down(CloseReason{cause, 0, std::move(sentence)});
}

}  // namespace silex::net
