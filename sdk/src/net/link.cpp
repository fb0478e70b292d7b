#include "net/link.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

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
  const char type = payload.empty() ? '\0' : payload.front();
  const std::string_view body = payload.substr(payload.empty() ? 0 : 1);
  if (!linked_ && type != '0') {
    return fail(CloseCause::refused,
                display_name(url_) + " does not speak Engine.IO; is it a Socket.IO server?");
  }
  switch (type) {
    case '0':
      return take_handshake(body);
    case '1':
      return fail(CloseCause::closed, display_name(url_) + " closed the connection");
    case '2': {
      std::string pong = "3";
      pong += body;
      runs_.push_back({true, 1});
      return transport_->send(std::array{FrameView{pong, false}});
    }
    case '4':
      return events_.packet(body);
    default:
      return;  // noop, and a pong or an upgrade nobody asked for
  }
}

void Link::take_handshake(std::string_view json) {
  const auto said = nlohmann::json::parse(json, nullptr, false);
  const auto number = [&said](const char* key) -> std::uint32_t {
    const auto found = said.find(key);
    return found != said.end() && found->is_number_unsigned() ? found->get<std::uint32_t>() : 0;
  };
  if (linked_ || !said.is_object() || number("pingInterval") == 0) {
    return fail(CloseCause::refused, display_name(url_) + " sent a hand-shake that is not Engine.IO 4");
  }
  Handshake handshake;
  if (const auto sid = said.find("sid"); sid != said.end() && sid->is_string())
    handshake.sid = sid->get<std::string>();
  handshake.ping_interval = std::chrono::milliseconds(number("pingInterval"));
  handshake.ping_timeout = std::chrono::milliseconds(number("pingTimeout"));
  handshake.max_payload = number("maxPayload");
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
