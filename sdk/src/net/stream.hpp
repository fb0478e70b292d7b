// A connected stream of bytes, plain or TLS. Net thread only; operations complete on the socket's io_context.
#pragma once

#include "net/transport.hpp"

#include <functional>
#include <memory>
#include <string>

#include <asio/buffer.hpp>
#include <asio/ip/tcp.hpp>

namespace silex::net {

class Stream {
 public:
  using Handler = std::function<void(const std::error_code& error, std::size_t count)>;

  // The owner keeps the stream until every operation it started has completed.
  virtual ~Stream() = default;

  // `done` gets an empty sentence when the peer is who it should be.
  virtual void hand_shake(std::function<void(const std::string& error)> done) = 0;
  virtual void read_some(asio::mutable_buffer buffer, Handler handler) = 0;
  // All of it; after an error `count` tells how much went out.
  virtual void write(asio::const_buffer buffer, Handler handler) = 0;
  // At once: what is under way completes with an error.
  virtual void close() = 0;
};

std::unique_ptr<Stream> plain_stream(asio::ip::tcp::socket socket);

// Throws std::runtime_error with a sentence when the options' ca_file cannot be used.
std::unique_ptr<Stream> tls_stream(asio::ip::tcp::socket socket, const Url& url,
                                   const TransportOptions& options);

}  // namespace silex::net
