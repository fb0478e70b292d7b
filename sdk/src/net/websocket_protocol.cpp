// The only unit that sees websocketpp, and the only one compiled as C++17 (see CMakeLists.txt).
//
// One-definition rule: asio's inline code built as C++17 and as C++20 must not meet in one binary, because
// the linker would keep either copy of each function while the two standards select different code in asio's
// headers. Here that cannot happen: websocketpp is used below its endpoint and connection classes, through
// the processor (hand-shake, framing, permessage-deflate), which knows no I/O and includes no asio. All asio
// code of this library lives in C++20 units. The test `WebSocketProtocolUnit.HoldsNoAsioSymbol` reads this
// unit's object file to keep it so.
#include "net/websocket_protocol.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <openssl/rand.h>
#include <websocketpp/common/network.hpp>
#include <websocketpp/concurrency/none.hpp>
#include <websocketpp/config/core_client.hpp>
#include <websocketpp/extensions/permessage_deflate/enabled.hpp>
#include <websocketpp/processors/hybi13.hpp>

namespace silex::net {
namespace {

// Masking keys must not be guessable (RFC 6455, 10.3); asking the system once for many keeps them cheap.
class MaskingKeys {
 public:
  std::uint32_t operator()() {
    if (used_ == keys_.size()) {
      RAND_bytes(reinterpret_cast<unsigned char*>(keys_.data()), static_cast<int>(sizeof(keys_)));
      used_ = 0;
    }
    return keys_[used_++];
  }

 private:
  std::array<std::uint32_t, 256> keys_{};
  std::size_t used_ = keys_.size();
};

struct Config {
  using type = Config;
  using concurrency_type = websocketpp::concurrency::none;
  using request_type = websocketpp::http::parser::request;
  using response_type = websocketpp::http::parser::response;
  using message_type =
      websocketpp::message_buffer::message<websocketpp::message_buffer::alloc::con_msg_manager>;
  using con_msg_manager_type = websocketpp::message_buffer::alloc::con_msg_manager<message_type>;
  using rng_type = MaskingKeys;
  static constexpr std::size_t max_message_size = 0;  // each connection sets its own
  static constexpr bool enable_extensions = true;
  struct permessage_deflate_config {
    using request_type = Config::request_type;
  };
  using permessage_deflate_type =
      websocketpp::extensions::permessage_deflate::enabled<permessage_deflate_config>;
};

using Processor = websocketpp::processor::hybi13<Config>;
namespace opcode = websocketpp::frame::opcode;
// websocketpp 0.8.2 finds out how this machine orders bytes when it writes its first frame, and keeps that in
// a variable without a lock (_htonll() in common/network.hpp); each runtime has a net thread of its own.
// Whoever has called this only reads it.
void learn_byte_order() {
  [[maybe_unused]] static const auto learned = websocketpp::lib::net::_htonll(1);
}

constexpr std::size_t longest_answer_header = std::size_t{64} * 1024;

void mask(char* bytes, std::size_t count, std::uint32_t key) {
  std::array<char, 8> pattern{};
  std::memcpy(pattern.data(), &key, 4);
  std::memcpy(pattern.data() + 4, &key, 4);
  std::uint64_t wide = 0;
  std::memcpy(&wide, pattern.data(), 8);
  std::size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes + i, 8);
    word ^= wide;
    std::memcpy(bytes + i, &word, 8);
  }
  for (; i < count; ++i) bytes[i] = static_cast<char>(bytes[i] ^ pattern[i % 4]);
}

}  // namespace

class WebSocketProtocol::Impl {
 public:
  Impl(Options options, Events& events)
      : options_(std::move(options)),
        events_(events),
        messages_(std::make_shared<Config::con_msg_manager_type>()),
        processor_(options_.secure, false, messages_, keys_) {
    learn_byte_order();
    processor_.set_max_message_size(options_.max_message);
  }

  std::string request() {
    auto uri = std::make_shared<websocketpp::uri>(options_.secure, options_.host_and_port, options_.target);
    processor_.client_handshake_request(request_, uri, {});
    // websocketpp leaves the port out where it takes it for the default one, but the name came with its port.
    request_.replace_header("Host", options_.host_and_port);
    request_.remove_header("Sec-WebSocket-Extensions");
    if (options_.offer_deflate) {
      request_.replace_header("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
    }
    for (const auto& [name, value] : options_.headers) request_.replace_header(name, value);
    return request_.raw();
  }

  std::string receive(char* bytes, std::size_t count) {
    if (open_) return receive_frames(bytes, count);
    answer_.append(bytes, count);
    const auto end = answer_.find("\r\n\r\n");
    if (end == std::string::npos) {
      return answer_.size() < longest_answer_header ? std::string() : "does not answer as a WebSocket server";
    }
    if (std::string refusal = check_answer(end + 4); !refusal.empty()) return refusal;
    open_ = true;
    std::string rest = answer_.substr(end + 4);
    answer_ = {};
    if (!events_.hand_shaken()) return {};
    return receive_frames(rest.data(), rest.size());
  }

  void append_message(std::string& out, std::string_view payload, bool binary) {
    const auto op = binary ? opcode::BINARY : opcode::TEXT;
    if (deflate_ && payload.size() >= options_.compress_from) {
      auto plain = messages_->get_message(op, payload.size());
      plain->set_payload(payload.data(), payload.size());
      plain->set_compressed(true);
      auto prepared = messages_->get_message();
      if (!processor_.prepare_data_frame(plain, prepared)) {
        out.append(prepared->get_header()).append(prepared->get_payload());
        return;
      }
    }
    append_frame(out, op, payload);
  }

  void append_ping(std::string& out) { append_frame(out, opcode::PING, {}); }

  void append_close(std::string& out, std::uint16_t code, std::string_view reason) {
    std::string payload;
    if (code != websocketpp::close::status::no_status) {
      payload.push_back(static_cast<char>(code >> 8));
      payload.push_back(static_cast<char>(code & 0xff));
      payload.append(reason.substr(0, websocketpp::frame::limits::close_reason_size));
    }
    append_frame(out, opcode::CLOSE, payload);
  }

  std::string answers_;

 private:
  // websocketpp would check that text is UTF-8 byte by byte and copy it twice more; the encoder saw to the
  // first.
  void append_frame(std::string& out, opcode::value op, std::string_view payload) {
    const websocketpp::frame::basic_header basic(op, payload.size(), true, true);
    const std::uint32_t key = keys_();
    out +=
        websocketpp::frame::prepare_header(basic, websocketpp::frame::extended_header(payload.size(), key));
    const std::size_t start = out.size();
    out.append(payload);
    mask(out.data() + start, payload.size(), key);
  }

  std::string check_answer(std::size_t header_size) {
    std::string not_websocket = "does not answer as a WebSocket server; check its address and path";
    try {
      if (response_.consume(answer_.data(), header_size) == 0 || !response_.headers_ready())
        return not_websocket;
    } catch (const std::exception&) {
      return not_websocket;
    }
    if (response_.get_status_code() != websocketpp::http::status_code::switching_protocols) {
      std::string refusal = "refuses the WebSocket with HTTP " + std::to_string(response_.get_status_code()) +
                            " " + response_.get_status_msg();
      const std::string body = answer_.substr(header_size, 200);
      return body.empty() ? refusal : refusal + ": " + body;
    }
    if (processor_.validate_server_handshake_response(request_, response_)) return not_websocket;
    return negotiate();
  }

  std::string negotiate() {
    const std::string& granted = response_.get_header("Sec-WebSocket-Extensions");
    if (granted.empty()) return {};
    deflate_ = options_.offer_deflate && granted.find("permessage-deflate") == 0 &&
               granted.find(',') == std::string::npos && !processor_.negotiate_extensions(response_).first;
    return deflate_ ? "" : "grants the WebSocket extension \"" + granted + "\", which was not asked for";
  }

  std::string receive_frames(char* bytes, std::size_t count) {
    auto* cursor = reinterpret_cast<std::uint8_t*>(bytes);
    auto* const end = cursor + count;
    while (cursor < end && !closing_) {
      if (const std::size_t size = whole_message(cursor, end); size > 0) {
        cursor += size;
        if (!events_.message(whole_, whole_binary_)) return {};
        continue;
      }
      std::error_code error;
      cursor += processor_.consume(cursor, static_cast<std::size_t>(end - cursor), error);
      if (error) return "sent a wrong WebSocket frame (" + error.message() + ")";
      between_messages_ = false;
      if (!processor_.ready()) continue;
      const auto message = processor_.get_message();
      if (!websocketpp::frame::opcode::is_control(message->get_opcode())) between_messages_ = true;
      // consume() reports that a message is too long by its header, but a compressed one only grows later.
      if (message->get_payload().size() > options_.max_message) {
        return "sent a message longer than " + std::to_string(options_.max_message) +
               " bytes; raise max_message";
      }
      if (!take(message->get_opcode(), message->get_payload())) return {};
    }
    return {};
  }

  // Nearly every message is one plain frame that has come as a whole: it is shown where it lies, without a
  // copy. Anything else (fragments, halves, compression, control frames, errors) is websocketpp's. Returns
  // the frame's size, or 0. Whether text is UTF-8 is seen when it is parsed.
  std::size_t whole_message(const std::uint8_t* cursor, const std::uint8_t* end) {
    const auto available = static_cast<std::size_t>(end - cursor);
    if (!between_messages_ || available < 2 || (cursor[0] != 0x81 && cursor[0] != 0x82)) return 0;
    std::size_t header = 2;
    std::size_t size = cursor[1];  // 126: two bytes follow; 127: eight; from 128 on it is masked
    if (size > 126) return 0;
    if (size == 126) {
      if (available < 4) return 0;
      header = 4;
      size = static_cast<std::size_t>(cursor[2] << 8) | cursor[3];
      if (size < 126) return 0;
    }
    if (available < header + size || size > options_.max_message) return 0;
    whole_ = std::string_view(reinterpret_cast<const char*>(cursor) + header, size);
    whole_binary_ = cursor[0] == 0x82;
    return header + size;
  }

  bool take(opcode::value op, const std::string& payload) {
    switch (op) {
      case opcode::TEXT:
        return events_.message(payload, false);
      case opcode::BINARY:
        return events_.message(payload, true);
      case opcode::PING:
        append_frame(answers_, opcode::PONG, payload);
        return true;
      case opcode::PONG:
        return events_.pong();
      case opcode::CLOSE:
        closing_ = true;
        return take_close(payload);
      default:
        return true;
    }
  }

  bool take_close(const std::string& payload) {
    std::uint16_t code = websocketpp::close::status::no_status;
    if (payload.size() >= 2) {
      code = static_cast<std::uint16_t>((static_cast<unsigned char>(payload[0]) << 8) |
                                        static_cast<unsigned char>(payload[1]));
    }
    append_close(answers_, code, {});
    return events_.peer_closes(code,
                               payload.size() > 2 ? std::string_view(payload).substr(2) : std::string_view());
  }

  Options options_;
  Events& events_;
  MaskingKeys keys_;
  Config::con_msg_manager_type::ptr messages_;
  Processor processor_;
  Config::request_type request_;
  Config::response_type response_;
  std::string answer_;  // to the hand-shake, until it is complete
  bool open_ = false;
  bool deflate_ = false;
  bool closing_ = false;
  bool between_messages_ = true;  // websocketpp holds no part of one
  std::string_view whole_;        // what whole_message() found
  bool whole_binary_ = false;
};

WebSocketProtocol::WebSocketProtocol(Options options, Events& events)
    : impl_(std::make_unique<Impl>(std::move(options), events)) {}
WebSocketProtocol::~WebSocketProtocol() = default;
std::string WebSocketProtocol::request() {
  return impl_->request();
}
std::string WebSocketProtocol::receive(char* bytes, std::size_t count) {
  return impl_->receive(bytes, count);
}
std::string& WebSocketProtocol::answers() {
  return impl_->answers_;
}
void WebSocketProtocol::append_message(std::string& out, std::string_view payload, bool binary) {
  impl_->append_message(out, payload, binary);
}
void WebSocketProtocol::append_ping(std::string& out) {
  impl_->append_ping(out);
}
void WebSocketProtocol::append_close(std::string& out, std::uint16_t code, std::string_view reason) {
  impl_->append_close(out, code, reason);
}

}  // namespace silex::net
