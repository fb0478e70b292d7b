// From a server's address to a connected TCP socket: look-up, the race of its addresses, the proxy's tunnel.
#pragma once

#include "net/resolve.hpp"
#include "net/url.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>

namespace silex::net {

// One attempt, on the thread of `io`. Every address of a name is tried: the next one starts when one fails or
// has been silent for 250 ms (RFC 8305), so that a host whose IPv6 goes nowhere costs a quarter of a second,
// not the time-out.
class Dial : public std::enable_shared_from_this<Dial> {
 public:
  // `error` is a sentence; empty with an open socket.
  using Done = std::function<void(const std::string& error, asio::ip::tcp::socket socket)>;

  Dial(asio::io_context& io, Url url, std::optional<Url> proxy, BlockingLookup lookup);

  void start(Done done);

  // Gives up without calling `done`.
  void cancel();

  // What it waits for, as the end of a sentence about a time-out.
  const char* stage() const { return stage_; }

 private:
  const Url& peer() const { return proxy_ ? *proxy_ : url_; }
  void resolved(const Resolved& result);
  void try_next();
  void connected(const std::shared_ptr<asio::ip::tcp::socket>& socket, const std::error_code& error);
  void ask_proxy();
  void read_proxy();
  void finish(const std::string& error);

  asio::io_context& io_;
  Url url_;
  std::optional<Url> proxy_;
  BlockingLookup lookup_;
  Done done_;
  const char* stage_ = "its name was not found";
  std::unique_ptr<Resolution> resolution_;
  std::vector<asio::ip::address> addresses_;
  std::size_t next_ = 0;
  std::vector<std::shared_ptr<asio::ip::tcp::socket>> racing_;
  asio::steady_timer stagger_;
  std::shared_ptr<asio::ip::tcp::socket> winner_;
  std::string proxy_request_;
  std::string proxy_answer_;
  std::array<char, 1024> buffer_{};
};

}  // namespace silex::net
