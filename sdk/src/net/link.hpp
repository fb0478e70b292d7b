// One Engine.IO session over one transport: opening, hand-shake, heartbeat. Net sequence only.
#pragma once

#include "net/codec/engine_io.hpp"
#include "net/sequence.hpp"
#include "net/transport.hpp"

#include <deque>
#include <memory>
#include <string_view>

namespace silex::net {

class LinkEvents {
 public:
  virtual void linked(const engine_io::Handshake& handshake) = 0;
  // A Socket.IO packet, and the binary attachments that follow it. Valid during the call.
  virtual void packet(std::string_view text) = 0;
  virtual void attachment(std::string_view bytes) = 0;
  // The server has read all that was sent before a ping().
  virtual void ponged() = 0;
  // That many more of the frames given to send() are with the operating system.
  virtual void written(std::size_t frames) = 0;
  // The last event. The link may be destroyed in it, as in any other.
  virtual void down(const CloseReason& reason) = 0;

 protected:
  ~LinkEvents() = default;
};

class Link final : TransportEvents {
 public:
  Link(Sequence& sequence, std::unique_ptr<Transport> transport, LinkEvents& events);

  void open(const Url& url, const TransportOptions& options);

  // Frames as they go over the wire. After linked() only.
  void send(std::span<const FrameView> frames);

  // Asks for a ponged(). After linked() only.
  void ping() { transport_->ping(); }

  // Orderly; down() follows when the server has answered.
  void close();

 private:
  void opened() override;
  void heard() override;
  void message(std::string_view payload, bool binary) override;
  void ponged() override { events_.ponged(); }
  void written(std::size_t frames) override;
  void closed(const CloseReason& reason) override;

  void take_handshake(const engine_io::Handshake& handshake);
  void watch(Duration silence_allowed);
  void fail(CloseCause cause, std::string sentence);

  Sequence& sequence_;
  std::unique_ptr<Transport> transport_;
  LinkEvents& events_;
  Url url_;
  TimePoint opening_since_;
  Duration connect_timeout_{};
  bool linked_ = false;
  Duration silence_allowed_{};
  TimePoint last_heard_;
  std::unique_ptr<Timer> timer_;  // for the hand-shake, then for the heartbeat
  // Whose frames the transport holds, in order: the user's, or this link's own pongs, which nobody else
  // counts.
  struct Run {
    bool own = false;
    std::size_t frames = 0;
  };
  std::deque<Run> runs_;
};

}  // namespace silex::net
