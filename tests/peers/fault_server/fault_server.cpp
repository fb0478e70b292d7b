// websocketpp's server on asio: C++17, with asio's namespace renamed for this unit (CMakeLists.txt), so that
// none of its inline code shares a symbol with the C++20 code it is tested against.
#include "fault_server.hpp"

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include <websocketpp/config/asio_no_tls.hpp>
#include <websocketpp/server.hpp>

namespace silex::net::test {
namespace {

struct Config : websocketpp::config::asio {
  static const websocketpp::log::level elog_level = websocketpp::log::elevel::none;
  static const websocketpp::log::level alog_level = websocketpp::log::alevel::none;
  static const size_t max_message_size = 1024 * 1024 * 1024;
};
using Server = websocketpp::server<Config>;
using Handle = websocketpp::connection_hdl;

// What websocketpp finds out of the machine at its first frame, it keeps without a lock: here before any
// thread.
[[maybe_unused]] const auto byte_order_is_known = websocketpp::lib::net::_htonll(1);

// "42/dcc,7[...]" is namespace "/dcc", acknowledgement "7".
struct Parsed {
  std::string nsp;  // as it stands in the packet, with its comma
  std::string id;
};
Parsed parse(const std::string& message) {
  Parsed parsed;
  std::size_t at = 2;
  if (at < message.size() && message[at] == '/') {
    const auto comma = message.find(',', at);
    const auto end = comma == std::string::npos ? message.size() : comma + 1;
    parsed.nsp = message.substr(at, end - at);
    at = end;
  }
  while (at < message.size() && message[at] >= '0' && message[at] <= '9') parsed.id += message[at++];
  if (!parsed.nsp.empty() && parsed.nsp.back() != ',') parsed.nsp += ',';
  return parsed;
}

}  // namespace

class FaultServer::Impl {
 public:
  explicit Impl(Faults faults) : faults_(std::move(faults)) {
    server_.init_asio();
    server_.set_reuse_addr(true);
    server_.set_tcp_post_init_handler([](Handle) {});
    server_.set_validate_handler([this](Handle handle) { return validate(handle); });
    server_.set_open_handler([this](Handle handle) { opened(handle); });
    server_.set_close_handler([this](Handle handle) { closed(handle); });
    server_.set_message_handler(
        [this](Handle handle, const Server::message_ptr& message) { take(handle, message->get_payload()); });
    server_.listen(asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    asio::error_code ignored;
    port_ = server_.get_local_endpoint(ignored).port();
    if (faults_.accept) server_.start_accept();
    thread_ = std::thread([this] { server_.run(); });
  }

  ~Impl() {
    server_.get_io_service().post([this] {
      websocketpp::lib::error_code ignored_too;
      if (server_.is_listening()) server_.stop_listening(ignored_too);
      for (const auto& handle : open_) drop(handle);
      server_.stop();
    });
    thread_.join();
  }

  template <typename Function>
  auto locked(Function function) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return function(*this);
  }

  void post(std::function<void()> task) { server_.get_io_service().post(std::move(task)); }

  void drop(Handle handle) {
    asio::error_code ignored;
    websocketpp::lib::error_code gone;
    if (auto connection = server_.get_con_from_hdl(handle, gone)) connection->get_raw_socket().close(ignored);
  }

  bool validate(Handle handle) {
    const Faults faults = current();
    if (faults.http_status == 0) return true;
    auto connection = server_.get_con_from_hdl(handle);
    connection->set_status(static_cast<websocketpp::http::status_code::value>(faults.http_status));
    connection->set_body("{\"message\":\"the fault server says no\"}");
    return false;
  }

  void opened(Handle handle) {
    open_.insert(handle);
    change([this] { ++connections_; });
    const Faults faults = current();
    if (!faults.engine_open) return;
    say(handle,
        !faults.open_packet.empty()
            ? faults.open_packet
            : "0{\"sid\":\"fault\",\"upgrades\":[],\"pingInterval\":" + std::to_string(faults.ping_interval) +
                  ",\"pingTimeout\":" + std::to_string(faults.ping_timeout) +
                  ",\"maxPayload\":" + std::to_string(faults.max_payload) + "}");
    if (faults.ping) ping_later(handle, faults.ping_interval);
  }

  void ping_later(Handle handle, int interval) {
    auto timer =
        std::make_shared<asio::steady_timer>(server_.get_io_service(), std::chrono::milliseconds(interval));
    timer->async_wait([this, handle, interval, timer](const asio::error_code&) {
      if (open_.count(handle) == 0) return;
      say(handle, "2");
      ping_later(handle, interval);
    });
  }

  void closed(Handle handle) {
    open_.erase(handle);
    change([] {});
  }

  void take(Handle handle, const std::string& message) {
    const Faults faults = current();
    change([&] {
      received_.push_back(message);
      if (message == "3") ++pongs_;
    });
    const Parsed parsed = parse(message);
    if (message.compare(0, 2, "40") == 0) {
      if (!faults.join_error.empty()) {
        answer(handle, "44" + parsed.nsp + "{\"message\":\"" + faults.join_error + "\"}", faults.delay);
      } else if (faults.join) {
        answer(handle, "40" + parsed.nsp + "{\"sid\":\"socket\"}", faults.delay);
      }
      asio::error_code ignored;
      websocketpp::lib::error_code gone;
      auto connection = server_.get_con_from_hdl(handle, gone);
      if (!faults.raw.empty() && connection) {
        connection->get_raw_socket().send(asio::buffer(faults.raw), 0, ignored);
      }
      if (!faults.read) {
        // Nothing but a read under way keeps a connection of websocketpp's alive.
        unread_.push_back(connection);
        server_.pause_reading(handle, gone);
      }
    } else if (message.compare(0, 2, "42") == 0) {
      ++events_;
      if (faults.drop_after >= 0 && events_ > faults.drop_after) {
        events_ = 0;
        return drop(handle);
      }
      if (faults.close_after >= 0 && events_ > faults.close_after) {
        events_ = 0;
        websocketpp::lib::error_code ignored;
        return server_.close(handle, faults.close_code, "as told", ignored);
      }
      if (faults.acknowledge && !parsed.id.empty()) {
        answer(handle, "43" + parsed.nsp + parsed.id + "[{\"status\":200,\"msg\":\"ok\"}]", faults.delay);
      }
    }
  }

  void answer(Handle handle, const std::string& message, int delay) {
    if (delay == 0) return say(handle, message);
    auto timer =
        std::make_shared<asio::steady_timer>(server_.get_io_service(), std::chrono::milliseconds(delay));
    timer->async_wait([this, handle, message, timer](const asio::error_code&) { say(handle, message); });
  }

  void say(Handle handle, const std::string& message) {
    websocketpp::lib::error_code ignored;
    server_.send(handle, message, websocketpp::frame::opcode::text, ignored);
  }

  template <typename Function>
  void change(Function function) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      function();
      ++version_;
    }
    changed_.notify_all();
  }

  Faults current() const {
    return locked([](const Impl& self) { return self.faults_; });
  }

  bool wait(const std::function<bool()>& condition, std::chrono::milliseconds bound) const {
    const auto until = std::chrono::steady_clock::now() + bound;
    for (;;) {
      const auto seen = locked([](const Impl& self) { return self.version_; });
      if (condition()) return true;
      std::unique_lock<std::mutex> lock(mutex_);
      if (!changed_.wait_until(lock, until, [&] { return version_ != seen; })) {
        lock.unlock();
        return condition();
      }
    }
  }

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::uint64_t version_ = 0;  // with the rest down to pongs_, guarded by mutex_
  Faults faults_;
  std::vector<std::string> received_;
  int connections_ = 0;
  int pongs_ = 0;

  Server server_;
  std::uint16_t port_ = 0;
  std::set<Handle, std::owner_less<Handle>> open_;
  std::vector<Server::connection_ptr> unread_;
  int events_ = 0;
  std::thread thread_;
};

FaultServer::FaultServer(Faults faults) : impl_(std::make_unique<Impl>(std::move(faults))) {}
FaultServer::~FaultServer() = default;
std::string FaultServer::url() const {
  return "ws://127.0.0.1:" + std::to_string(port());
}
std::uint16_t FaultServer::port() const {
  return impl_->port_;
}
void FaultServer::set(Faults faults) {
  impl_->change([&] { impl_->faults_ = std::move(faults); });
}
std::vector<std::string> FaultServer::received() const {
  return impl_->locked([](const Impl& self) { return self.received_; });
}
int FaultServer::connections() const {
  return impl_->locked([](const Impl& self) { return self.connections_; });
}
int FaultServer::pongs() const {
  return impl_->locked([](const Impl& self) { return self.pongs_; });
}
bool FaultServer::wait(const std::function<bool()>& condition, std::chrono::milliseconds bound) const {
  return impl_->wait(condition, bound);
}
void FaultServer::say(const std::string& message) {
  impl_->post([impl = impl_.get(), message] {
    for (const auto& handle : impl->open_) impl->say(handle, message);
  });
}
void FaultServer::drop_all() {
  impl_->post([impl = impl_.get()] {
    for (const auto& handle : impl->open_) impl->drop(handle);
  });
}

}  // namespace silex::net::test
