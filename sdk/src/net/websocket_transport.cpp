#include "net/websocket_transport.hpp"

#include "net/dial.hpp"
#include "net/stream.hpp"
#include "net/websocket_protocol.hpp"

#include <deque>
#include <stdexcept>

#include <asio/post.hpp>
#include <asio/steady_timer.hpp>

namespace silex::net {
namespace {

constexpr std::size_t read_buffer_size = std::size_t{64} * 1024;
// A buffer that once carried a large message gives its memory back.
constexpr std::size_t kept_buffer_size = std::size_t{256} * 1024;

// What the operations under way share with the transport: it lives until the last of them completed, and goes
// silent when the transport is destroyed.
class Connection final : public std::enable_shared_from_this<Connection>, public WebSocketProtocol::Events {
 public:
  Connection(NetThread& thread, const Url& url, const TransportOptions& options, TransportEvents& events)
      : thread_(thread), url_(url), options_(options), events_(&events), deadline_(thread.io()) {}

  void open(const Environment& environment);
  void send(std::span<const FrameView> frames);
  void ping();
  void close(std::uint16_t code, std::string_view reason);
  void abandon();

 private:
  void dialled(const std::string& error, asio::ip::tcp::socket socket);
  void start_protocol();
  void read();
  void received(const std::error_code& error, std::size_t count);
  void flush();
  void flushed(const std::error_code& error, std::size_t count);
  void count_written(std::size_t bytes);
  void finish(CloseCause cause, std::string sentence, std::uint16_t code = 0);
  std::string name() const { return display_name(url_); }

  bool hand_shaken() override;
  bool message(std::string_view payload, bool binary) override;
  bool pong() override;
  bool peer_closes(std::uint16_t code, std::string_view reason) override;

  NetThread& thread_;
  Url url_;
  TransportOptions options_;
  TransportEvents* events_;  // null once it has nobody to tell
  asio::steady_timer deadline_;
  const char* stage_ = "";
  std::shared_ptr<Dial> dial_;
  std::unique_ptr<Stream> stream_;
  std::unique_ptr<WebSocketProtocol> protocol_;
  std::vector<char> input_;
  std::string queued_;                    // what goes out next
  std::string writing_;                   // what is going out
  std::deque<std::size_t> queued_ends_;   // where each frame ends in queued_
  std::deque<std::size_t> writing_ends_;  // where each frame ends in writing_
  bool write_under_way_ = false;
  bool open_ = false;
  bool closing_ = false;
  std::string peer_close_sentence_;  // set once the peer closed: told when our answer is out
  std::uint16_t peer_close_code_ = 0;
};

void Connection::open(const Environment& environment) {
  const auto self = shared_from_this();
  std::optional<Url> proxy;
  try {
    proxy = proxy_for(url_, options_, environment);
  } catch (const std::invalid_argument& wrong) {
    // Later, because no event comes inside open().
    asio::post(thread_.io(), [self, what = "the proxy is not usable: " + std::string(wrong.what())] {
      self->finish(CloseCause::refused, what);
    });
    return;
  }
  deadline_.expires_after(options_.connect_timeout);
  deadline_.async_wait([self](const std::error_code& error) {
    if (error || self->open_) return;
    const char* stage = self->dial_ ? self->dial_->stage() : self->stage_;
    self->finish(CloseCause::timed_out, self->name() + " did not answer within " +
                                            std::to_string(self->options_.connect_timeout.count()) + " ms (" +
                                            stage + "); is the service running there?");
  });
  dial_ = std::make_shared<Dial>(thread_.io(), url_, proxy, thread_.lookup());
  dial_->start([self](const std::string& error, asio::ip::tcp::socket socket) {
    self->dialled(error, std::move(socket));
  });
}

void Connection::dialled(const std::string& error, asio::ip::tcp::socket socket) {
  const auto dial = std::exchange(dial_, nullptr);
  if (events_ == nullptr) return;
  if (!error.empty()) return finish(CloseCause::refused, error);
  try {
    stream_ = url_.secure ? tls_stream(std::move(socket), url_, options_) : plain_stream(std::move(socket));
  } catch (const std::exception& wrong) {
    return finish(CloseCause::refused, wrong.what());
  }
  stage_ = "it took the connection but does not finish the TLS hand-shake";
  stream_->hand_shake([self = shared_from_this()](const std::string& refusal) {
    if (self->events_ == nullptr) return;
    if (!refusal.empty()) return self->finish(CloseCause::refused, refusal);
    self->start_protocol();
  });
}

void Connection::start_protocol() {
  stage_ = "it took the connection but says nothing";
  WebSocketProtocol::Options options;
  options.host_and_port = host_and_port(url_);
  options.target = target(url_);
  options.secure = url_.secure;
  options.offer_deflate = options_.compress;
  options.compress_from = options_.compress_from;
  options.max_message = options_.max_message;
  options.headers = options_.headers;
  protocol_ = std::make_unique<WebSocketProtocol>(std::move(options), *this);
  input_.resize(read_buffer_size);
  queued_ += protocol_->request();
  flush();
  read();
}

void Connection::read() {
  stream_->read_some(
      asio::buffer(input_),
      [self = shared_from_this()](const std::error_code& error, std::size_t n) { self->received(error, n); });
}

void Connection::received(const std::error_code& error, std::size_t count) {
  if (events_ == nullptr) return;
  if (error) {
    if (!peer_close_sentence_.empty())
      return finish(CloseCause::closed, peer_close_sentence_, peer_close_code_);
    if (closing_) return finish(CloseCause::closed, "the connection was closed");
    const bool ended = error == asio::error::eof;
    const std::string how = ended ? "hung up without a word" : "was lost (" + error.message() + ")";
    return finish(open_ ? CloseCause::lost : CloseCause::refused, name() + " " + how);
  }
  events_->heard();
  if (events_ == nullptr) return;
  const std::string wrong = protocol_->receive(input_.data(), count);
  if (events_ == nullptr) return;
  if (!wrong.empty()) return finish(open_ ? CloseCause::lost : CloseCause::refused, name() + " " + wrong);
  if (auto& answers = protocol_->answers(); !answers.empty()) {
    queued_ += std::exchange(answers, {});
    flush();
    if (events_ == nullptr) return;
  }
  read();
}

bool Connection::hand_shaken() {
  open_ = true;
  deadline_.cancel();
  events_->opened();
  return events_ != nullptr;
}

bool Connection::message(std::string_view payload, bool binary) {
  if (!closing_) events_->message(payload, binary);
  return events_ != nullptr;
}

bool Connection::pong() {
  if (!closing_) events_->ponged();
  return events_ != nullptr;
}

bool Connection::peer_closes(std::uint16_t code, std::string_view reason) {
  peer_close_code_ = code;
  peer_close_sentence_ = name() + " closed the connection (code " + std::to_string(code) +
                         (reason.empty() ? ")" : ": " + std::string(reason) + ")");
  return true;
}

void Connection::send(std::span<const FrameView> frames) {
  if (!open_ || closing_) return;
  for (const FrameView& frame : frames) {
    protocol_->append_message(queued_, frame.payload, frame.binary);
    queued_ends_.push_back(queued_.size());
  }
  flush();
}

void Connection::ping() {
  if (!open_ || closing_) return;
  protocol_->append_ping(queued_);
  flush();
}

void Connection::flush() {
  if (write_under_way_ || queued_.empty()) return;
  write_under_way_ = true;
  std::swap(queued_, writing_);
  std::swap(queued_ends_, writing_ends_);
  stream_->write(
      asio::buffer(writing_),
      [self = shared_from_this()](const std::error_code& error, std::size_t n) { self->flushed(error, n); });
}

void Connection::flushed(const std::error_code& error, std::size_t count) {
  write_under_way_ = false;
  if (events_ == nullptr) return;
  count_written(count);
  if (events_ == nullptr) return;
  // A write that fails says less than the read that is under way: its end, or a last close frame, tells why.
  if (error) return;
  writing_.clear();
  writing_ends_.clear();
  if (writing_.capacity() > kept_buffer_size) writing_.shrink_to_fit();
  flush();
  if (!peer_close_sentence_.empty() && !write_under_way_) {
    finish(CloseCause::closed, peer_close_sentence_, peer_close_code_);
  }
}

void Connection::count_written(std::size_t bytes) {
  std::size_t frames = 0;
  for (const std::size_t end : writing_ends_) frames += end <= bytes ? 1U : 0U;
  if (frames > 0) events_->written(frames);
}

void Connection::close(std::uint16_t code, std::string_view reason) {
  if (!open_) {
    // Nothing was said yet that would have to be taken back.
    asio::post(thread_.io(), [self = shared_from_this()] {
      self->finish(CloseCause::closed, "the connection was closed before it was open");
    });
    return;
  }
  if (closing_) return;
  closing_ = true;
  protocol_->append_close(queued_, code, reason);
  flush();
}

void Connection::finish(CloseCause cause, std::string sentence, std::uint16_t code) {
  if (events_ == nullptr) return;
  TransportEvents* events = events_;
  abandon();
  events->closed(CloseReason{cause, code, std::move(sentence)});
}

void Connection::abandon() {
  events_ = nullptr;
  deadline_.cancel();
  if (dial_) std::exchange(dial_, nullptr)->cancel();
  if (stream_) stream_->close();
}

class WebSocketTransport : public Transport {
 public:
  WebSocketTransport(NetThread& thread, Environment environment)
      : thread_(thread), environment_(std::move(environment)) {}
  ~WebSocketTransport() override {
    if (connection_) connection_->abandon();
  }

  void open(const Url& url, const TransportOptions& options, TransportEvents& events) override {
    connection_ = std::make_shared<Connection>(thread_, url, options, events);
    connection_->open(environment_);
  }
  void send(std::span<const FrameView> frames) override { std::shared_ptr(connection_)->send(frames); }
  void ping() override { std::shared_ptr(connection_)->ping(); }
  void close(std::uint16_t code, std::string_view reason) override {
    std::shared_ptr(connection_)->close(code, reason);
  }

 private:
  NetThread& thread_;
  Environment environment_;
  std::shared_ptr<Connection> connection_;
};

}  // namespace

TransportFactory websocket_transports(NetThread& thread, Environment environment) {
  return [&thread, environment = std::move(environment)] {
    return std::make_unique<WebSocketTransport>(thread, environment);
  };
}

}  // namespace silex::net
