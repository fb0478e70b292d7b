// The real transport, through the client, against a server that misbehaves.
#include "fault_server.hpp"
#include "net/net_thread.hpp"
#include "net/websocket_transport.hpp"
#include "support/threads_named.hpp"
#include "support/user_loop.hpp"

#include <filesystem>
#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::net::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using Kind = StateChange::Kind;
using Clock = std::chrono::steady_clock;

// Where what it must not wait for takes an hour.
constexpr auto kSoon = 20s;

ClientOptions to(const std::string& url) {
  ClientOptions options;
  options.url = url;
  options.backoff.first = 20ms;
  options.backoff.longest = 50ms;
  return options;
}

// How the first attempt ends.
std::string first_failure(ClientOptions options, Wiring wiring = own_net_thread()) {
  LiveClient live(std::move(options), std::move(wiring));
  live.client.join("/");
  live.client.start();
  EXPECT_TRUE(live.wait_for(Kind::disconnected));
  std::string sentence;
  live.loop.change([&] {
    for (const auto& state : live.states) {
      if (state.kind == Kind::disconnected && sentence.empty()) sentence = state.sentence;
    }
  });
  return sentence;
}

Wiring with_lookup(BlockingLookup lookup) {
  auto thread = std::make_shared<NetThread>(std::move(lookup));
  Wiring wiring;
  wiring.transport = websocket_transports(*thread);
  wiring.sequence = thread;
  wiring.random = [] { return 0.0; };
  return wiring;
}

TEST(Transport, SaysThatNobodyListens) {
  std::uint16_t port = 0;
  { port = FaultServer().port(); }
  EXPECT_THAT(first_failure(to("ws://127.0.0.1:" + std::to_string(port))),
              HasSubstr("nobody listens at 127.0.0.1:" + std::to_string(port) + " (Connection refused)"));
}

TEST(Transport, GivesUpAServerThatAcceptsAndSaysNothing) {
  Faults faults;
  faults.accept = false;
  FaultServer server(faults);
  auto options = to(server.url());
  options.transport.connect_timeout = 1s;
  EXPECT_THAT(first_failure(options),
              HasSubstr("did not answer within 1000 ms (it took the connection but says"));
}

TEST(Transport, GivesUpAServerThatOpensAWebSocketAndSaysNothing) {
  Faults faults;
  faults.engine_open = false;
  FaultServer server(faults);
  auto options = to(server.url());
  options.transport.connect_timeout = 1s;
  EXPECT_THAT(first_failure(options), HasSubstr("did not speak Engine.IO within 1000 ms"));
}

TEST(Transport, ShowsWhatAServerAnswersInsteadOfAWebSocket) {
  Faults faults;
  faults.http_status = 403;
  FaultServer server(faults);
  EXPECT_THAT(first_failure(to(server.url())),
              testing::AllOf(HasSubstr("HTTP 403"), HasSubstr("the fault server says no")));
}

TEST(Transport, ShowsThatTheNameIsNotKnown) {
  const auto lookup = [](const std::string&) { return Resolved{{}, "Host not found"}; };
  EXPECT_THAT(first_failure(to("ws://nowhere.lan:5118"), with_lookup(lookup)),
              HasSubstr("the host \"nowhere.lan\" is not known (Host not found)"));
}

TEST(Transport, TriesEveryAddressOfAName) {
  FaultServer server;
  // Nobody listens on the first two; the second may not even be configured on this machine.
  const auto lookup = [](const std::string&) {
    return Resolved{{asio::ip::make_address("127.0.0.2"), asio::ip::make_address("::1"),
                     asio::ip::make_address("127.0.0.1")},
                    {}};
  };
  LiveClient live(to("ws://studio.lan:" + std::to_string(server.port())), with_lookup(lookup));
  live.client.join("/");
  live.client.start();
  EXPECT_TRUE(live.wait_for(Kind::joined));
}

TEST(Transport, ANameServerThatHangsHoldsUpNeitherAttemptNorStop) {
  auto release = std::make_shared<std::promise<void>>();
  auto released = std::make_shared<std::shared_future<void>>(release->get_future());
  const auto lookup = [released](const std::string&) {
    released->wait();
    return Resolved{{}, "too late"};
  };
  auto options = to("ws://slow.lan:5118");
  options.transport.connect_timeout = 50ms;
  {
    LiveClient live(options, with_lookup(lookup));
    live.client.start();
    ASSERT_TRUE(live.wait_for(Kind::disconnected));
    EXPECT_THAT(live.last(Kind::disconnected).sentence, HasSubstr("its name was not found"));
    const auto start = Clock::now();
    live.client.stop(1h);
    EXPECT_LT(Clock::now() - start, kSoon);
  }
  release->set_value();
}

TEST(Transport, StopsInEveryStage) {
  Faults silent;
  silent.accept = false;
  Faults no_open;
  no_open.engine_open = false;
  Faults no_join;
  no_join.join = false;
  for (const Faults& faults : {silent, no_open, no_join, Faults{}}) {
    FaultServer server(faults);
    LiveClient live(to(server.url()));
    live.client.join("/");
    live.client.start();
    if (faults.accept) server.wait([&] { return server.connections() > 0; });
    const auto start = Clock::now();
    live.client.stop(1h);
    EXPECT_LT(Clock::now() - start, kSoon);
  }
}

TEST(Transport, StopsWhileBackingOff) {
  auto options = to("ws://127.0.0.1:1");
  options.backoff.first = options.backoff.longest = 1h;
  LiveClient live(options);
  live.client.start();
  live.wait_for(Kind::disconnected);
  const auto start = Clock::now();
  live.client.stop(1h);
  EXPECT_LT(Clock::now() - start, kSoon);
}

TEST(Transport, ComesBackAfterWrongFrames) {
  const std::vector<std::string> wrong{
      std::string("\x83\x00", 2),   // reserved opcode
      std::string("\xc1\x01x", 3),  // compressed, though nobody agreed on it
      std::string("\x81\x81"        // masked by the server
                  "\x01\x02\x03\x04x",
                  7),
      std::string("\x89\x7e\x00\x80", 4),  // a control frame that is too long
      std::string("\x80\x00", 2),          // continues nothing
      std::string("\x81\x02\xc3\x28", 4),  // text that is not UTF-8
      std::string("\x81\x03", 2) + "9xx",  // an unknown Engine.IO packet: ignored, then garbage
      "HTTP/1.1 200 OK\r\n\r\n",
  };
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    Faults faults;
    faults.raw = wrong[i] + std::string(
                                "\x81\x02"
                                "4?",
                                4);
    FaultServer server(faults);
    LiveClient live(to(server.url()));
    live.client.join("/");
    live.client.start();
    ASSERT_TRUE(live.wait_for(Kind::disconnected)) << i;
    server.set({});
    EXPECT_TRUE(live.loop.wait([&] {
      return !live.states.empty() && live.states.back().kind == Kind::joined;
    })) << i;
  }
}

TEST(Transport, ComesBackAfterHalfAFrame) {
  Faults faults;
  faults.raw = std::string("\x81\x7e\x10\x00half of", 11);  // announces 4096 bytes
  FaultServer server(faults);
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.start();
  ASSERT_TRUE(server.wait([&] { return !server.received().empty(); }));
  server.set({});
  server.drop_all();
  EXPECT_TRUE(live.wait_for(Kind::joined));
}

TEST(Transport, TellsTheServersCloseCode) {
  Faults faults;
  faults.close_after = 0;
  faults.close_code = 1013;
  FaultServer server(faults);
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.start();
  ASSERT_TRUE(live.wait_for(Kind::joined));
  live.client.emit("/", "x", {});
  ASSERT_TRUE(live.wait_for(Kind::disconnected));
  EXPECT_THAT(live.last(Kind::disconnected).sentence,
              HasSubstr("closed the connection (code 1013: as told)"));
}

TEST(Transport, KeepsItsHeartbeatWhileTheLoopIsBlocked) {
  Faults faults;
  faults.ping_interval = 20;
  faults.ping_timeout = 20'000;
  FaultServer server(faults);
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.start();
  ASSERT_TRUE(live.wait_for(Kind::joined));
  std::promise<void> unblock;
  live.loop.post([&] { unblock.get_future().wait(); });
  const int before = server.pongs();
  EXPECT_TRUE(server.wait([&] { return server.pongs() >= before + 25; }));  // half a second
  EXPECT_EQ(server.connections(), 1);
  unblock.set_value();
}

TEST(Transport, NoticesAServerWithoutHeartbeat) {
  Faults faults;
  faults.ping = false;
  faults.ping_interval = 50;
  faults.ping_timeout = 50;
  FaultServer server(faults);
  EXPECT_THAT(first_failure(to(server.url())), HasSubstr("sent no heartbeat for 100 ms"));
}

TEST(Transport, SurvivesAServerThatAnswersSlowlyAndOneThatNeverDoes) {
  Faults faults;
  faults.delay = 50;
  FaultServer server(faults);
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.start();
  EXPECT_EQ(live.ask("/", "x").status, AckStatus::acknowledged);
  faults.acknowledge = false;
  server.set(faults);
  const Ack ack = live.ask("/", "x", {}, 50ms);
  EXPECT_EQ(ack.status, AckStatus::timed_out);
  EXPECT_EQ(server.connections(), 1);
}

TEST(Transport, AServerThatStopsReadingFillsTheOutboxNotTheMemoryWithoutEnd) {
  Faults faults;
  faults.read = false;
  FaultServer server(faults);
  auto options = to(server.url());
  options.outbox.bytes = 4 << 20;
  LiveClient live(options);
  live.client.join("/");
  live.client.start();
  ASSERT_TRUE(live.wait_for(Kind::joined));
  const std::string large(100'000, 'x');
  for (int i = 0; i < 500; ++i) live.client.emit("/", "x", {large});
  EXPECT_TRUE(live.loop.wait([&] { return !live.log.empty(); }));
  EXPECT_THAT(live.log.at(0), HasSubstr("the outbox is full"));
  EXPECT_LE(live.client.statistics().waiting_bytes, (5U << 20));
}

TEST(Transport, StopFlushesWhatWasEmittedBefore) {
  FaultServer server;
  {
    LiveClient live(to(server.url()));
    live.client.join("/");
    live.client.start();
    ASSERT_TRUE(live.wait_for(Kind::joined));
    for (int i = 0; i < 1000; ++i) live.client.emit("/", "x", {i});
    EXPECT_TRUE(live.client.stop(5s));
  }
  const auto received = server.received();
  EXPECT_EQ(
      std::count_if(received.begin(), received.end(), [](auto& text) { return text.rfind("42", 0) == 0; }),
      1000);
  EXPECT_EQ(received.back(), "41");
}

TEST(Transport, RunsOnOneThreadNamedSilexNet) {
  FaultServer server;
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.start();
  ASSERT_TRUE(live.wait_for(Kind::joined));
  EXPECT_EQ(threads_named("silex-net"), 1);
}

TEST(Transport, LeavesNoDescriptorBehind) {
  const auto descriptors = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                         std::filesystem::directory_iterator());
  };
  FaultServer server;
  const auto before = descriptors();
  for (int i = 0; i < 20; ++i) {
    LiveClient live(to(server.url()));
    live.client.join("/");
    live.client.start();
    live.wait_for(Kind::joined);
    server.drop_all();
    live.wait_for(Kind::joined, 2);
  }
  EXPECT_TRUE(server.wait([&] { return descriptors() <= before; })) << descriptors() << " after " << before;
}

}  // namespace
}  // namespace silex::net::test
