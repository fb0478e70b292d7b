// A service on asio's loop: answers each line on a socket with its checksum. The loop's thread is Silex's
// main thread, so what it owns (the sockets, the count) needs no lock; what takes time is done by a worker.
#include "headless_loop.h"

#include <silex/silex.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <utility>

#include <asio.hpp>

namespace {

using asio::ip::tcp;

asio::io_context io{1};
std::function<void()> at_end;

// FNV-1a, again and again: the sort of thing that would hold the loop up.
std::string slow_checksum(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (int round = 0; round < 1'000'000; ++round) {
    for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3u;
  }
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
  return digits;
}

class Service {
 public:
  explicit Service(silex::Runtime& runtime) : runtime_(runtime) {
    std::printf("listens on port %d\n", acceptor_.local_endpoint().port());
    std::fflush(stdout);
    accept();
    signals_.async_wait([](const asio::error_code& aborted, int) {
      if (!aborted) io.stop();
    });
  }
  [[nodiscard]] int answered() const { return answered_; }

 private:
  struct Client {
    explicit Client(tcp::socket connected) : socket(std::move(connected)) {}
    tcp::socket socket;
    asio::streambuf input;
  };

  void accept() {
    acceptor_.async_accept([this](const asio::error_code& failed, tcp::socket socket) {
      if (failed) return;
      read_line(std::make_shared<Client>(std::move(socket)));
      accept();
    });
  }

  void read_line(const std::shared_ptr<Client>& client) {
    asio::async_read_until(
        client->socket, client->input, '\n', [this, client](const asio::error_code& failed, std::size_t) {
          if (failed) return;  // it hung up
          std::string line;
          std::getline(std::istream(&client->input), line);
          runtime_.spawn("answer",
                         [this, client, line](silex::Context ctx) { return answer(ctx, client, line); });
        });
  }

  silex::task<> answer(silex::Context ctx, std::shared_ptr<Client> client, std::string line) {
    const std::string sum = co_await ctx.worker([&] { return slow_checksum(line); });
    const auto send = [&] {
      asio::error_code hung_up;
      asio::write(client->socket, asio::buffer(sum + "\n"), hung_up);
      ++answered_;
      read_line(client);
    };
    co_await ctx.main_thread(send);
  }

  silex::Runtime& runtime_;
  tcp::acceptor acceptor_{io, tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
  asio::signal_set signals_{io, SIGINT, SIGTERM};
  int answered_ = 0;
};

}  // namespace

// The whole of what the adapter needs.
const headless_loop_functions headless_loop{
    sizeof(headless_loop_functions),
    [](void (*function)(void*), void* data) {
      asio::post(io, [function, data] { function(data); });
      return true;
    },
    [](void (*function)(void*), void* data) {
      at_end = function ? std::function<void()>([function, data] { function(data); }) : nullptr;
    }};

int main() {
  try {
    silex::Runtime runtime;
    runtime.choose_adapter();
    runtime.start();
    Service service(runtime);
    io.run();
    if (const auto end = at_end) end();  // the runtime stops: who waits for an answer is told
    io.restart();
    io.poll();  // what was posted meanwhile
    std::printf("answered %d lines; the runtime %s\n", service.answered(),
                runtime.is_running() ? "runs on" : "has stopped");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "service: %s\n", error.what());
    return 1;
  }
  return 0;
}
