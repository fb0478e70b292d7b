// Any bytes into the codec. The first one says what the others are:
//   e  one Engine.IO text frame
//   h  an Engine.IO hand-shake
//   j  JSON
//   s  frames of Socket.IO, 0x1e between them; a text, or an attachment behind a 'b'
#include "net/codec/engine_io.hpp"
#include "net/codec/json_reader.hpp"
#include "net/codec/json_writer.hpp"
#include "net/codec/socket_io_decode.hpp"
#include "net/codec/socket_io_encode.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace silex::net;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "codec_fuzzer: %s\n", what);
  std::abort();
}

// Runs `call`; a refusal is as good, if it has a sentence and points into the text.
template <typename Call>
bool accepted(std::string_view text, Call call) {
  try {
    call();
    return true;
  } catch (const CodecError& error) {
    require(std::string_view(error.what()).size() > 10, "a refusal says why");
    require(error.offset() == CodecError::nowhere || error.offset() <= text.size(),
            "a refusal points into the text");
    return false;
  }
}

void fuzz_engine_io(std::string_view text) {
  accepted(text, [text] {
    const auto packet = engine_io::decode(text);
    std::string again;
    engine_io::append(again, packet.type, packet.data);
    require(again == text, "an Engine.IO packet is written as it was read");
  });
}

void fuzz_handshake(std::string_view text) {
  accepted(text, [text] {
    const auto handshake = engine_io::decode_handshake(text);
    std::string once;
    engine_io::append_handshake(once, handshake);
    std::string twice;
    engine_io::append_handshake(twice, engine_io::decode_handshake(once));
    require(once == twice, "a hand-shake is written as it was read");
  });
}

Json parsed(std::string_view text) {
  JsonReader reader(text, 0, "the text");
  Json value = reader.value();
  reader.end();
  return value;
}

void fuzz_json(std::string_view text) {
  Json ours;
  const bool taken = accepted(text, [&] { ours = parsed(text); });
  if (taken) {
    std::string again;
    write_json(again, ours);
    require(parsed(again) == ours, "JSON is written as it was read");
  }
  // nlohmann knows no bound of nesting, passes over a byte order mark and takes a 0 for the end.
  const auto levels = std::count(text.begin(), text.end(), '[') + std::count(text.begin(), text.end(), '{');
  if (levels > deepest_nesting || text.starts_with("\xef\xbb\xbf") || text.find('\0') != text.npos) return;
  const Json theirs = Json::parse(text, nullptr, false);
  // It also refuses half a surrogate pair.
  const bool has_surrogate = text.find("\\ud") != text.npos || text.find("\\uD") != text.npos;
  if (taken && has_surrogate && theirs.is_discarded()) return;
  require(taken != theirs.is_discarded(), "ours and nlohmann's take the same texts");
  require(!taken || ours == theirs, "ours and nlohmann's read the same");
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = std::min(text.find('\x1e'), text.size());
    parts.push_back(text.substr(0, end));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

void require_round_trip(const socket_io::Packet& packet) {
  std::string text;
  socket_io::Attachments attachments;
  socket_io::append_packet(text, attachments, packet, {.max_payload = 0, .max_attachments = 10'000});
  socket_io::Decoder decoder({.max_bytes = 1U << 24U, .max_attachments = 10'000});
  auto again = decoder.text(text);
  for (const auto attachment : attachments) again = decoder.attachment(attachment);
  require(again && *again == packet, "a packet is written as it was read");
}

void fuzz_socket_io(std::string_view text) {
  socket_io::Decoder decoder({.max_bytes = 10'000, .max_attachments = 20});
  for (const std::string_view frame : split(text)) {
    std::optional<socket_io::Packet> packet;
    const bool binary = frame.starts_with('b');
    accepted(frame, [&] { packet = binary ? decoder.attachment(frame.substr(1)) : decoder.text(frame); });
    require(!packet || decoder.missing() == 0, "a whole packet misses nothing");
    if (packet) require_round_trip(*packet);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 'e':
      fuzz_engine_io(text);
      break;
    case 'h':
      fuzz_handshake(text);
      break;
    case 'j':
      fuzz_json(text);
      break;
    case 's':
      fuzz_socket_io(text);
      break;
    default:
      return -1;  // not worth a place in the corpus
  }
  return 0;
}
