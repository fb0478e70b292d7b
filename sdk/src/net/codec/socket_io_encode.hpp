// Socket.IO 5 packets to text, appended to a string that is there already. Pure functions, any thread.
//
// The text goes into one Engine.IO message, that is behind a '4'; each attachment is a binary frame after it,
// in order. Binary values nobody copies: `attachments` receives views of the bytes inside the arguments,
// valid as long as these. Every function throws CodecError (too_large, not_sendable) and then leaves `out`
// and `attachments` as they were.
#pragma once

#include "net/codec/codec_error.hpp"
#include "net/codec/packet.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace silex::net::socket_io {

using Attachments = std::vector<std::string_view>;

// What the peer takes.
struct EncodeLimits {
  // Bytes in one frame, text (its '4' counted) or attachment: `maxPayload` of the hand-shake. 0: no limit.
  std::uint64_t max_payload = 0;
  // npm's parser refuses more by default since 4.2.6, and drops the connection.
  std::size_t max_attachments = 10;
};

// `auth` is an object, or null for none.
void append_connect(std::string& out, std::string_view nsp, const Json& auth = nullptr,
                    const EncodeLimits& limits = {});

// `data` is an object, with "message" and perhaps "data", or a string.
void append_connect_error(std::string& out, std::string_view nsp, const Json& data,
                          const EncodeLimits& limits = {});

void append_disconnect(std::string& out, std::string_view nsp);

// With an `id`, the peer acknowledges.
void append_event(std::string& out, Attachments& attachments, std::string_view nsp,
                  std::optional<std::uint64_t> id, std::string_view name, std::span<const Json> arguments,
                  const EncodeLimits& limits = {});

void append_ack(std::string& out, Attachments& attachments, std::string_view nsp, std::uint64_t id,
                std::span<const Json> arguments, const EncodeLimits& limits = {});

// Any of them.
void append_packet(std::string& out, Attachments& attachments, const Packet& packet,
                   const EncodeLimits& limits = {});

}  // namespace silex::net::socket_io
