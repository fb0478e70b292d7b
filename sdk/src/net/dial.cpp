#include "net/dial.hpp"

#include "net/proxy.hpp"

#include <asio/write.hpp>

namespace silex::net {
namespace {
constexpr std::chrono::milliseconds stagger{250};
}

Dial::Dial(asio::io_context& io, Url url, std::optional<Url> proxy, BlockingLookup lookup)
    : io_(io), url_(std::move(url)), proxy_(std::move(proxy)), lookup_(std::move(lookup)), stagger_(io) {}

void Dial::start(Done done) {
  done_ = std::move(done);
  // Owned by this object, and silent once destroyed: no need to keep this alive.
  resolution_ = resolve(io_, peer().host, lookup_, [this](const Resolved& result) { resolved(result); });
}

void Dial::cancel() {
  done_ = nullptr;
  resolution_.reset();
  stagger_.cancel();
  std::error_code ignored;
  for (const auto& socket : racing_) socket->close(ignored);
  racing_.clear();
  if (winner_) winner_->close(ignored);
}

void Dial::resolved(const Resolved& result) {
  const auto self = shared_from_this();
  if (result.addresses.empty()) {
    return finish("the host \"" + peer().host + "\" is not known (" + result.error + "); check the address");
  }
  addresses_ = result.addresses;
  stage_ = "nobody took the connection";
  try_next();
}

void Dial::try_next() {
  const asio::ip::tcp::endpoint endpoint(addresses_[next_++], peer().port);
  auto socket = std::make_shared<asio::ip::tcp::socket>(io_);
  racing_.push_back(socket);
  socket->async_connect(endpoint, [self = shared_from_this(), socket](const std::error_code& error) {
    self->connected(socket, error);
  });
  if (next_ == addresses_.size()) return;
  stagger_.expires_after(stagger);
  stagger_.async_wait([self = shared_from_this()](const std::error_code& error) {
    if (!error && self->done_ && !self->winner_ && self->next_ < self->addresses_.size()) self->try_next();
  });
}

void Dial::connected(const std::shared_ptr<asio::ip::tcp::socket>& socket, const std::error_code& error) {
  if (!done_ || winner_) return;
  if (error) {
    std::erase(racing_, socket);
    if (next_ < addresses_.size()) return try_next();
    if (racing_.empty()) {
      finish("nobody listens at " + host_and_port(peer()) + " (" + error.message() + ")" +
             (proxy_ ? "; check http_proxy" : "; is the service running?"));
    }
    return;
  }
  winner_ = socket;
  stagger_.cancel();
  std::error_code ignored;
  for (const auto& other : racing_) {
    if (other != winner_) other->close(ignored);
  }
  racing_.clear();
  // Small frames must leave at once: batching is ours to do.
  winner_->set_option(asio::ip::tcp::no_delay(true), ignored);
  proxy_ ? ask_proxy() : finish({});
}

void Dial::ask_proxy() {
  stage_ = "the proxy did not answer";
  proxy_request_ = connect_request(url_, *proxy_);
  asio::async_write(*winner_, asio::buffer(proxy_request_),
                    [self = shared_from_this()](const std::error_code& error, std::size_t) {
                      if (!self->done_) return;
                      if (error)
                        return self->finish("the proxy " + host_and_port(*self->proxy_) + " hung up");
                      self->read_proxy();
                    });
}

void Dial::read_proxy() {
  const auto read = [self = shared_from_this()](const std::error_code& error, std::size_t count) {
    if (!self->done_) return;
    if (error) return self->finish("the proxy " + host_and_port(*self->proxy_) + " hung up");
    self->proxy_answer_.append(self->buffer_.data(), count);
    const auto refusal = connect_refusal(self->proxy_answer_, self->url_, *self->proxy_);
    refusal ? self->finish(*refusal) : self->read_proxy();
  };
  winner_->async_read_some(asio::buffer(buffer_), read);
}

void Dial::finish(const std::string& error) {
  stagger_.cancel();
  auto socket = error.empty() ? std::move(*winner_) : asio::ip::tcp::socket(io_);
  std::exchange(done_, nullptr)(error, std::move(socket));
}

}  // namespace silex::net
