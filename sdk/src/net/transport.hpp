// A transport carries messages to a server and back: in a host a WebSocket (websocket_transport.hpp), in a
// unit test a script. Everything here is called and calls back on the net sequence.
#pragma once

#include "net/url.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace silex::net {

// One message: text (UTF-8) or binary.
struct Frame {
  std::string payload;
  bool binary = false;
};

struct FrameView {
  std::string_view payload;
  bool binary = false;
};

struct TransportOptions {
  // From open() until opened(): name look-up, TCP, proxy, TLS and the WebSocket hand-shake together.
  std::chrono::milliseconds connect_timeout{2000};

  // wss:// only. Without verification anybody on the path can read and change what is said.
  bool verify_certificate = true;
  // PEM file of the authorities to trust instead of the system's; empty: the system's.
  std::string ca_file;

  // Offers permessage-deflate; the server decides. Messages shorter than compress_from bytes go as they are.
  bool compress = true;
  std::size_t compress_from = 1024;

  // "http://[user:password@]host:port"; empty: what http_proxy, https_proxy and no_proxy say.
  std::string proxy;
  bool proxy_from_environment = true;

  // A longer message from the server closes the connection. Bytes.
  std::size_t max_message = std::size_t{512} << 20;

  // Added to the hand-shake's request.
  std::vector<std::pair<std::string, std::string>> headers;
};

enum class CloseCause {
  refused,    // it never opened: nobody listens, name unknown, certificate or hand-shake refused
  timed_out,  // it never opened: connect_timeout passed
  lost,       // it was open and broke: end of stream, reset, wrong frames
  closed,     // it was open and was closed in order, by either side
};

struct CloseReason {
  CloseCause cause = CloseCause::lost;
  std::uint16_t code = 0;  // of the WebSocket close frame, 0 without one
  std::string sentence;    // what was wrong with what, and what to do; no final stop
};

class TransportEvents {
 public:
  virtual void opened() = 0;
  // Bytes came in, perhaps not yet a whole message: the peer lives.
  virtual void heard() = 0;
  // `payload` is valid during the call.
  virtual void message(std::string_view payload, bool binary) = 0;
  // The peer has read all that was sent before a ping().
  virtual void ponged() = 0;
  // `frames` more of those given to send() are with the operating system now, in order.
  virtual void written(std::size_t frames) = 0;
  // The last event. Also the only one when the connection could not be opened.
  virtual void closed(const CloseReason& reason) = 0;

 protected:
  ~TransportEvents() = default;
};

class Transport {
 public:
  // Drops the connection at once, without an event. Allowed inside an event.
  virtual ~Transport() = default;

  // Once per transport. `events` must outlive it.
  virtual void open(const Url& url, const TransportOptions& options, TransportEvents& events) = 0;

  // Reads the frames during the call; all of them leave in one write where the system lets them. After
  // opened() only.
  virtual void send(std::span<const FrameView> frames) = 0;

  // Asks for a ponged(). After opened() only.
  virtual void ping() = 0;

  // Orderly: what was sent goes out first, then a close frame; closed() follows when the peer answered.
  // The caller bounds the wait by destroying the transport.
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
};

using TransportFactory = std::function<std::unique_ptr<Transport>()>;

}  // namespace silex::net
