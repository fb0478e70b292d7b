// The client against npm's Socket.IO server.
#include "support/server_fixture.hpp"

#include <cstdlib>
#include <filesystem>

namespace silex::net::test {
namespace {

TEST_F(Server, SpeaksInSeveralNamespacesOnOneConnection) {
  NodeServer server;
  LiveClient live(to(server.url()));
  live.client.join("/", {{{"user", "ana"}}, false});
  live.client.join("/dcc");
  live.client.join("/dcc/action");
  live.client.start();
  EXPECT_EQ(live.ask("/dcc", "echo", {1, "two", {{"three", 3.0}}}).arguments,
            (Arguments{1, "two", {{"three", 3.0}}}));
  EXPECT_EQ(live.ask("/dcc/action", "echo", {nullptr}).arguments, Arguments{nullptr});
  EXPECT_EQ(live.ask("/", "whoami").arguments.at(0).at("auth").at("user"), "ana");
  EXPECT_EQ(live.client.statistics().connections, 1U);
}

TEST_F(Server, CarriesBinaryBothWays) {
  NodeServer server;
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.start();
  const Json bytes = Json::binary({0, 1, 2, 255});
  const Ack ack = live.ask("/", "echo", {{{"a", bytes}, {"list", {bytes, 7}}}, bytes});
  EXPECT_EQ(ack.arguments, (Arguments{{{"a", bytes}, {"list", {bytes, 7}}}, bytes}));
}

TEST_F(Server, CarriesEveryCharacter) {
  NodeServer server;
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.start();
  std::string text = "é 漢字 \xf0\x9f\x8e\xac \"quoted\" back\\slash";
  for (char c = 0; c < 0x20; ++c) text += c;
  EXPECT_EQ(live.ask("/", "echo", {text}).arguments, Arguments{text});
}

TEST_F(Server, AnswersWhatTheServerAsks) {
  NodeServer server;
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.on("/", "question", [](const Incoming& event) {
    event.reply({"you said", event.arguments.at(0)});
  });
  live.client.start();
  EXPECT_EQ(live.ask("/", "ask", {"why"}).arguments, (Arguments{"you said", "why"}));
}

// An orderly close must not overtake what was sent before it.
TEST_F(Server, HandlesWhatIsEmittedRightBeforeTheClose) {
  NodeServer server;
  constexpr int rounds = 30;
  for (int i = 0; i < rounds; ++i) {
    LiveClient live(to(server.url()));
    live.client.join("/");
    live.client.start();
    live.ask("/", "echo");
    live.client.emit("/", "update", {{{"id", i}, {"uuid", "a"}, {"values", {{"n", i}}}}});
    EXPECT_TRUE(live.client.stop(5s));
  }
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.start();
  EXPECT_EQ(live.ask("/", "report").arguments.at(0).at("updates"), rounds);
}

TEST_F(Server, DeliversEventsInOrder) {
  NodeServer server;
  LiveClient live(to(server.url()));
  std::vector<int> got;
  live.client.join("/");
  live.client.on("/", "pushed", [&](const Incoming& event) {
    live.loop.change([&] { got.push_back(event.arguments.at(0)); });
  });
  live.client.start();
  live.client.emit("/", "push", {5000});
  ASSERT_TRUE(live.loop.wait([&] { return got.size() == 5000; }));
  EXPECT_TRUE(std::is_sorted(got.begin(), got.end()));
}

TEST_F(Server, ShowsAWrongNamespaceAndARefusalAsTheServerPutsThem) {
  NodeServer server;
  LiveClient live(to(server.url()));
  live.client.join("/nowhere");
  live.client.join("/refused");
  live.client.join("/dcc");
  live.client.start();
  ASSERT_TRUE(live.wait_for(Kind::joined));
  ASSERT_TRUE(live.wait_for(Kind::refused, 4));  // and tries again
  live.loop.change([&] {
    for (const auto& state : live.states) {
      if (state.kind != Kind::refused) continue;
      EXPECT_EQ(state.sentence,
                state.nsp == "/nowhere" ? "Invalid namespace" : "only artists of this show may come in");
    }
    EXPECT_EQ(live.log.size(), 2U);  // each once
  });
}

TEST_F(Server, ComesBackIntoANamespaceItWasPutOutOf) {
  NodeServer server;
  LiveClient live(to(server.url()));
  live.client.join("/dcc");
  live.client.start();
  ASSERT_TRUE(live.wait_for(Kind::joined));
  live.client.emit("/dcc", "kick", {});
  EXPECT_TRUE(live.wait_for(Kind::joined, 2));
}

TEST_F(Server, ComesBackAfterTheServerWasKilled) {
  NodeServer server;
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.join("/dcc");
  live.client.start();
  ASSERT_TRUE(live.wait_for(Kind::joined, 2));
  server.kill();
  ASSERT_TRUE(live.wait_for(Kind::disconnected));
  live.client.emit("/dcc", "echo", {"kept"});
  server.restart();
  EXPECT_TRUE(live.wait_for(Kind::joined, 4));
  EXPECT_EQ(live.ask("/dcc", "echo", {1}).status, AckStatus::acknowledged);
}

TEST_F(Server, KeepsTheConnectionWhileLoopAndEmitterAreStuckPastTheServersPatience) {
  NodeServer server(Json{{"pingInterval", 100}, {"pingTimeout", 1500}});
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.start();
  ASSERT_TRUE(live.wait_for(Kind::joined));
  live.loop.post([] { std::this_thread::sleep_for(2500ms); });  // what the test is about, not a way to wait
  EXPECT_EQ(live.ask("/", "echo", {1}).status, AckStatus::acknowledged);
  EXPECT_EQ(live.client.statistics().connections, 1U);
}

TEST_F(Server, NoticesAFrozenServerAndComesBackWhenItThaws) {
  NodeServer server(Json{{"pingInterval", 100}, {"pingTimeout", 200}});
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.start();
  ASSERT_TRUE(live.wait_for(Kind::joined));
  server.freeze();
  EXPECT_TRUE(live.says(Kind::disconnected, "sent no heartbeat for 300 ms"));
  int joined = 0;
  live.loop.change([&] { joined = live.count(Kind::joined); });
  server.thaw();
  EXPECT_TRUE(live.wait_for(Kind::joined, joined + 1));
}

TEST_F(Server, RecoversItsSessionAndWhatItMissed) {
  NodeServer server(Json{{"recovery", true}});
  auto options = to(server.url());
  options.backoff.first = 300ms;
  LiveClient live(options);
  std::vector<std::string> news;
  live.client.join("/");
  live.client.on("/", "news", [&](const Incoming& event) {
    live.loop.change([&] { news.push_back(event.arguments.at(0)); });
  });
  live.client.start();
  live.ask("/", "join-room", {"show"});
  server.command({{"emit", "news"}, {"args", {"one"}}});
  ASSERT_TRUE(live.loop.wait([&] { return news.size() == 1; }));
  server.command({{"drop", true}});
  server.command({{"emit", "news"}, {"args", {"two"}}});
  server.command({{"emit", "news"}, {"args", {"three"}}});
  ASSERT_TRUE(live.wait_for(Kind::joined, 2));
  EXPECT_TRUE(live.last(Kind::joined).recovered);
  ASSERT_TRUE(live.loop.wait([&] { return news.size() == 3; }));
  EXPECT_THAT(news, ElementsAre("one", "two", "three"));
  EXPECT_EQ(live.ask("/", "rooms").arguments.at(0), Json::array({"show"}));
}

TEST_F(Server, StartsAnewWhereTheServerKeepsNoSessions) {
  NodeServer server;
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.start();
  live.ask("/", "push", {1});
  server.command({{"drop", true}});
  ASSERT_TRUE(live.wait_for(Kind::joined, 2));
  EXPECT_FALSE(live.last(Kind::joined).recovered);
}

TEST_F(Server, CarriesAHundredMegabytesBothWays) {
  NodeServer server(Json{{"maxHttpBufferSize", 200'000'000}});
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.start();
  ASSERT_TRUE(live.wait_for(Kind::joined));
  EXPECT_EQ(live.ask("/", "size", {std::string(100'000'000, 'x')}, 60s).arguments, Arguments{100'000'000});
  const Ack ack = live.ask("/", "give", {100'000'000}, 60s);
  ASSERT_EQ(ack.status, AckStatus::acknowledged) << ack.sentence;
  EXPECT_EQ(ack.arguments.at(0).get_ref<const std::string&>().size(), 100'000'000U);
  EXPECT_EQ(live.client.statistics().connections, 1U);
}

TEST_F(Server, RefusesItselfWhatTheServerWouldHangUpFor) {
  NodeServer server;  // 1 MB
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.start();
  const Ack ack = live.ask("/", "size", {std::string(2'000'000, 'x')});
  EXPECT_EQ(ack.status, AckStatus::refused);
  EXPECT_EQ(live.ask("/", "echo", {1}).status, AckStatus::acknowledged);
  EXPECT_EQ(live.client.statistics().connections, 1U);
}

TEST_F(Server, CompressesWhereTheServerDoes) {
  NodeServer server(Json{{"deflate", true}});
  LiveClient live(to(server.url()));
  live.client.join("/");
  live.client.start();
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i * 7919);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(live.ask("/", "echo", {text, i}).arguments, (Arguments{text, i}));
    EXPECT_EQ(live.ask("/", "echo", {"short", Json::binary({1, 2})}).arguments.size(), 2U);
  }
  EXPECT_EQ(live.ask("/", "compression").arguments.at(0), "permessage-deflate");
}

TEST_F(Server, DoesNotCompressWhereItIsNotWanted) {
  NodeServer server(Json{{"deflate", true}});
  auto options = to(server.url());
  options.transport.compress = false;
  LiveClient live(options);
  live.client.join("/");
  live.client.start();
  EXPECT_EQ(live.ask("/", "compression").arguments.at(0), "");
}

TEST_F(Server, IsReachedByIpv6) {
  if (!std::filesystem::exists("/proc/net/if_inet6")) GTEST_SKIP() << "no IPv6 on this machine";
  NodeServer server(Json{{"host", "::1"}});
  LiveClient live(to("ws://[::1]:" + std::to_string(server.port())));
  live.client.join("/");
  live.client.start();
  EXPECT_TRUE(live.wait_for(Kind::joined));
  LiveClient by_name(to("ws://localhost:" + std::to_string(server.port())));
  by_name.client.join("/");
  by_name.client.start();
  EXPECT_TRUE(by_name.wait_for(Kind::joined));
}

}  // namespace
}  // namespace silex::net::test
