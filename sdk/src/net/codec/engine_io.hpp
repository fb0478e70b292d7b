// Engine.IO 4 on a WebSocket: one packet per frame. Pure functions, any thread.
//
// A text frame is a digit, the type, and its data; a binary frame is a message as it stands.
// https://socket.io/docs/v4/engine-io-protocol/
#pragma once

#include "net/codec/codec_error.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace silex::net::engine_io {

enum class Type : char {
  open = '0',     // server: the hand-shake, in JSON
  close = '1',    // either: the transport may go
  ping = '2',     // server: the heartbeat; the data come back in the pong
  pong = '3',     // client
  message = '4',  // either: a Socket.IO packet
  upgrade = '5',  // client, on a change of transport
  noop = '6',     // server, on a change of transport
};

struct Packet {
  Type type = Type::noop;
  std::string_view data;  // a part of the frame
};

// What a text frame holds. Throws CodecError when the frame is empty, of no known type, or has data where
// there are none (close, upgrade, noop). A message is not looked into.
Packet decode(std::string_view text_frame);

// Appends a text frame. `data` is for open, ping, pong and message.
void append(std::string& out, Type type, std::string_view data = {});

struct Handshake {
  std::string sid;
  std::vector<std::string> upgrades;  // transports the client may change to
  std::chrono::milliseconds ping_interval{25'000};
  std::chrono::milliseconds ping_timeout{20'000};
  std::uint64_t max_payload = 0;  // bytes the server takes in one frame; 0: it did not say
};

// The longest interval a hand-shake may announce, as far as JavaScript's timers go: about 24 days.
inline constexpr std::chrono::milliseconds longest_interval{2'147'483'647};

// The data of an open packet. Throws CodecError. Members that Engine.IO 4 does not know are passed over.
Handshake decode_handshake(std::string_view json);
void append_handshake(std::string& out, const Handshake& handshake);

}  // namespace silex::net::engine_io
