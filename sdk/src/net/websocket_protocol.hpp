// The WebSocket protocol without any I/O: bytes in, messages out, and the other way round. One connection,
// client side.
//
// websocketpp stands behind this header alone. Its 0.8.2 does not compile as C++20 with g++ 12, so that one
// unit is C++17, and this header stays C++17 too. Net sequence only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace silex::net {

class WebSocketProtocol {
 public:
  struct Options {
    std::string host_and_port;
    std::string target;  // path and query
    bool secure = false;
    bool offer_deflate = true;
    std::size_t compress_from = 1024;  // bytes
    std::size_t max_message = 0;       // bytes
    std::vector<std::pair<std::string, std::string>> headers;
  };

  // Called inside receive(). Each returns whether to go on: false once the owner gave the connection up.
  class Events {
   public:
    virtual bool hand_shaken() = 0;
    virtual bool message(std::string_view payload, bool binary) = 0;
    virtual bool pong() = 0;
    // A close frame came. 1005 stands for none given.
    virtual bool peer_closes(std::uint16_t code, std::string_view reason) = 0;

   protected:
    ~Events() = default;
  };

  WebSocketProtocol(Options options, Events& events);
  ~WebSocketProtocol();
  WebSocketProtocol(const WebSocketProtocol&) = delete;
  WebSocketProtocol& operator=(const WebSocketProtocol&) = delete;

  // The hand-shake's request: the first bytes to send.
  std::string request();

  // Takes what came from the peer; the bytes are used as scratch space. Returns a sentence when the peer
  // broke the protocol, after which the connection is of no more use; empty while all is well.
  std::string receive(char* bytes, std::size_t count);

  // What must go out in answer to what was received: pongs, the echo of a close frame. The owner takes it.
  std::string& answers();

  void append_message(std::string& out, std::string_view payload, bool binary);
  void append_ping(std::string& out);
  void append_close(std::string& out, std::uint16_t code, std::string_view reason);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace silex::net
