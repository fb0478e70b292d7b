// Socket.IO 5 packets from text and the attachments that follow it. No I/O; one thread at a time.
#pragma once

#include "net/codec/codec_error.hpp"
#include "net/codec/packet.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace silex::net::socket_io {

// What stands before the JSON, and the JSON unread.
struct Header {
  Type type = Type::event;
  std::size_t attachments = 0;  // that are to follow; more than 0 for binary events and acknowledgements
  std::string_view nsp = "/";   // a part of the text, its query included
  std::optional<std::uint64_t> id;
  std::string_view payload;  // the rest of the text
};

// Allocates nothing: whoever gets an acknowledgement that nobody waits for need not read what is in it.
// Throws CodecError.
Header read_header(std::string_view text);

struct DecodeLimits {
  // Of one packet, its text and its attachments together.
  std::size_t max_bytes = std::size_t{512} << 20U;
  std::size_t max_attachments = 1'000;
};

// Puts packets together. Text frames go to text(), without Engine.IO's '4', binary frames to attachment();
// both return a packet when it is complete. Both throw CodecError; the decoder has then forgotten the packet
// and the connection is to be closed, as what follows may be the attachments of nothing.
class Decoder {
 public:
  explicit Decoder(DecodeLimits limits = {}) : limits_(limits) {}

  std::optional<Packet> text(std::string_view text);
  std::optional<Packet> attachment(std::string_view bytes);

  // Attachments that are still to come for the packet in progress.
  std::size_t missing() const { return missing_; }
  // Forgets the packet in progress: for a new connection.
  void reset();

 private:
  std::optional<Packet> begin(std::string_view text);
  std::optional<Packet> go_on(std::string_view bytes);
  void count(std::size_t bytes);
  template <typename Step>
  std::optional<Packet> resetting(Step step);

  DecodeLimits limits_;
  Packet waiting_;
  std::size_t missing_ = 0;
  std::size_t bytes_ = 0;  // of the packet in progress
  std::vector<Json::binary_t> attachments_;
};

}  // namespace silex::net::socket_io
