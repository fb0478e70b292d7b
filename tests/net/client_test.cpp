// The connection: opening, heartbeat, namespaces, coming back.
#include "support/client_fixture.hpp"

namespace silex::net::test {

using Kind = StateChange::Kind;
class Client : public ClientFixture {};

TEST_F(Client, AsksForEngineIo4OverAWebSocketAtTheSocketIoPath) {
  ClientOptions options;
  options.url = "ws://studio:5118?show=x";
  make(options).start();
  run();
  EXPECT_EQ(target(wire_.urls.at(0)), "/socket.io/?EIO=4&transport=websocket&show=x");
}

TEST_F(Client, RefusesAWrongAddressWithASentence) {
  ClientOptions options;
  options.url = "studio:5118";
  EXPECT_THROW(make(options), std::invalid_argument);
}

TEST_F(Client, RefusesToJoinWhatCannotGoOverTheWire) {
  auto& client = make();
  EXPECT_THROW(client.join("dcc"), std::invalid_argument);
  EXPECT_THROW(client.join("/a,b"), std::invalid_argument);
  EXPECT_THROW(client.join("/", {{{"token", "\xff"}}, false}), std::invalid_argument);
}

TEST_F(Client, RefusesAHandShakeThatIsNotEngineIo4) {
  for (const char* wrong :
       {"0", "0[]", "0{}", R"(0{"sid":"s"})", R"(0{"pingInterval":"often"})", "4", "40", "x", ""}) {
    make().start();
    run();
    peer()->events->opened();
    peer()->say(wrong);
    run();
    EXPECT_EQ(peer(), nullptr) << wrong;
    EXPECT_EQ(states_.back().kind, Kind::disconnected) << wrong;
    sequence_->run_what_is_posted();
    client_.reset();
    sequence_ = std::make_shared<ManualSequence>();
  }
}

TEST_F(Client, JoinsEveryNamespaceOnOneConnection) {
  auto& client = make();
  client.join("/");
  client.join("/dcc", {{{"token", "t"}}, false});
  client.start();
  run();
  peer()->events->opened();
  peer()->say(handshake);
  EXPECT_THAT(sent(), ElementsAre("40", R"(40/dcc,{"token":"t"})"));
  EXPECT_EQ(peer()->writes, 1);
}

TEST_F(Client, AnswersTheServersHeartbeatWhileTheLoopIsBlocked) {
  joined();
  blocked_ = true;
  for (int i = 0; i < 100; ++i) {
    sequence_->advance(25s);
    peer()->say("2");
    EXPECT_THAT(peer()->take_sent(), ElementsAre("3"));
  }
  EXPECT_EQ(wire_.transports.size(), 1U);
}

TEST_F(Client, GivesUpAConnectionWithoutHeartbeatAfterIntervalAndTimeout) {
  joined();
  advance(44999ms);
  EXPECT_NE(peer(), nullptr);
  advance(1ms);
  EXPECT_EQ(peer(), nullptr);
  EXPECT_THAT(states_.back().sentence, HasSubstr("sent no heartbeat for 45000 ms"));
}

TEST_F(Client, TakesAnyBytesForASignOfLife) {
  joined();
  advance(44s);
  peer()->events->heard();
  advance(44s);
  EXPECT_NE(peer(), nullptr);
}

TEST_F(Client, GivesUpAServerThatOpensAWebSocketAndSaysNothing) {
  make().start();
  run();
  peer()->events->opened();
  advance(2s);
  EXPECT_EQ(peer(), nullptr);
  EXPECT_THAT(states_.back().sentence, HasSubstr("did not speak Engine.IO within 2000 ms"));
}

TEST_F(Client, GivesUpAServerThatNeverAnswersAJoin) {
  auto& client = make();
  client.join("/dcc");
  client.start();
  run();
  peer()->events->opened();
  peer()->say(handshake);
  run();
  advance(5s);
  EXPECT_THAT(states_.back().sentence, HasSubstr("does not answer when the namespace /dcc is joined"));
}

TEST_F(Client, TriesAgainForEverWithDoublingWaitsUpToTheLongest) {
  make().start();
  run();
  std::vector<Duration> waits;
  for (int i = 0; i < 7; ++i) {
    peer()->refuse();
    run();
    waits.push_back(*states_.back().retry_in);
    advance(*states_.back().retry_in);
    ASSERT_NE(peer(), nullptr) << "attempt " << i;
  }
  EXPECT_THAT(waits, ElementsAre(500ms, 1s, 2s, 4s, 5s, 5s, 5s));
}

TEST_F(Client, ShortensWaitsByJitterNeverLengthensThem) {
  random_ = 0.999999;
  make().start();
  run();
  peer()->refuse();
  run();
  EXPECT_NEAR(static_cast<double>(states_.back().retry_in->count()), 375e6, 1e3);
}

TEST_F(Client, StartsTheBackOffAnewAfterANamespaceWasJoined) {
  joined();
  for (int i = 0; i < 3; ++i) {
    peer()->break_down();
    run();
    EXPECT_EQ(states_.back().retry_in, 500ms);
    advance(500ms);
    connect();
  }
}

TEST_F(Client, KeepsBackingOffFromAServerThatDropsItBeforeTheJoin) {
  auto& client = make();
  client.join("/dcc");
  client.start();
  run();
  for (const auto wait : {500ms, 1000ms, 2000ms}) {
    peer()->events->opened();
    peer()->say(handshake);
    peer()->break_down();
    run();
    EXPECT_EQ(states_.back().retry_in, wait);
    advance(wait);
  }
}

TEST_F(Client, ReconnectsAtOnceWhenTold) {
  make().start();
  run();
  for (int i = 0; i < 4; ++i) {
    peer()->refuse();
    run();
    advance(*states_.back().retry_in);
  }
  peer()->refuse();
  run();
  EXPECT_EQ(peer(), nullptr);
  client_->reconnect_now();
  run();
  ASSERT_NE(peer(), nullptr);
  peer()->refuse();
  run();
  EXPECT_EQ(states_.back().retry_in, 500ms);
}

TEST_F(Client, RejoinsEveryNamespaceAfterAReconnect) {
  auto& client = joined();
  client.join("/dcc/action");
  run();
  peer()->say("40/dcc/action,{\"sid\":\"a\"}");
  peer()->break_down();
  advance(500ms);
  peer()->events->opened();
  peer()->say(handshake);
  EXPECT_THAT(sent(), ElementsAre("40/dcc,", "40/dcc/action,"));
}

TEST_F(Client, TellsEachStateOnceAndInOrder) {
  joined();
  peer()->break_down("the cable is out");
  advance(500ms);
  connect();
  EXPECT_THAT(kinds(),
              ElementsAre(Kind::connected, Kind::joined, Kind::disconnected, Kind::connected, Kind::joined));
  EXPECT_EQ(states_[2].sentence, "the cable is out");
}

TEST_F(Client, LogsAFailureOnceNotPerAttempt) {
  make().start();
  run();
  for (int i = 0; i < 100; ++i) {
    peer()->refuse("nobody listens at 127.0.0.1:5118");
    advance(5s);
  }
  EXPECT_THAT(log_, ElementsAre(HasSubstr("nobody listens at 127.0.0.1:5118")));
}

TEST_F(Client, ShowsTheServersRefusalAsItIsAndTriesAgain) {
  auto& client = make();
  client.join("/dcc");
  client.start();
  run();
  peer()->events->opened();
  peer()->say(handshake);
  peer()->say(R"(44/dcc,{"message":"only artists may come in"})");
  EXPECT_THAT(sent(), ElementsAre("40/dcc,"));
  EXPECT_EQ(states_.back().kind, Kind::refused);
  EXPECT_EQ(states_.back().sentence, "only artists may come in");
  advance(500ms);
  EXPECT_THAT(sent(), ElementsAre("40/dcc,"));
  peer()->say(R"(44/dcc,{"message":"only artists may come in"})");
  advance(1s);
  EXPECT_EQ(log_.size(), 1U);
  peer()->say(R"(40/dcc,{"sid":"n"})");
  run();
  EXPECT_EQ(states_.back().kind, Kind::joined);
}

TEST_F(Client, ComesBackIntoANamespaceTheServerEnded) {
  joined();
  peer()->say("41/dcc,");
  run();
  EXPECT_EQ(states_.back().kind, Kind::left);
  advance(500ms);
  EXPECT_THAT(sent(), ElementsAre("40/dcc,"));
}

TEST_F(Client, RecoversItsSessionWhereTheServerGrantsIt) {
  joined();
  peer()->break_down();
  advance(500ms);
  connect(R"({"sid":"n","pid":"p1"})");
  peer()->say(R"(42/dcc,["news",{"x":1},"offset-7"])");
  peer()->break_down();
  advance(500ms);
  peer()->events->opened();
  peer()->say(handshake);
  EXPECT_THAT(sent(), ElementsAre(R"(40/dcc,{"pid":"p1","offset":"offset-7"})"));
  peer()->say(R"(40/dcc,{"sid":"n","pid":"p1"})");
  run();
  EXPECT_TRUE(states_.back().recovered);
}

TEST_F(Client, KnowsANewSessionFromARecoveredOne) {
  joined();
  peer()->break_down();
  advance(500ms);
  connect(R"({"sid":"n","pid":"p1"})");
  peer()->say(R"(42/dcc,["news","offset-7"])");
  peer()->break_down();
  advance(500ms);
  connect(R"({"sid":"n","pid":"p2"})");
  EXPECT_FALSE(states_.back().recovered);
  peer()->break_down();
  advance(500ms);
  peer()->events->opened();
  peer()->say(handshake);
  EXPECT_THAT(sent(), ElementsAre("40/dcc,"));  // no event yet in the session p2
}

TEST_F(Client, SurvivesWhatIsNoPacketByReconnecting) {
  for (const char* garbage :
       {"4", "49", "42/dcc,{", "42/dcc,[]", "451-/dcc,[\"x\",{\"_placeholder\":true,\"num\":4}]"}) {
    joined();
    peer()->say(garbage);
    if (peer() != nullptr) peer()->say_binary("abc");
    run();
    EXPECT_EQ(peer(), nullptr) << garbage;
    EXPECT_EQ(states_.back().kind, Kind::disconnected) << garbage;
    sequence_->run_what_is_posted();
    client_.reset();
    sequence_ = std::make_shared<ManualSequence>();
  }
}

TEST_F(Client, StopsAtOnceWhileConnectingHandShakingAndBackingOff) {
  for (int stage = 0; stage < 4; ++stage) {
    auto& client = make();
    client.join("/dcc");
    client.start();
    run();
    if (stage == 1) peer()->events->opened();
    if (stage == 2) peer()->refuse();
    sequence_->run_what_is_posted();
    EXPECT_TRUE(client.stop(1h)) << stage;
    EXPECT_EQ(peer(), nullptr);
    EXPECT_EQ(sequence_->timers(), 0U) << stage;
    client_.reset();
    sequence_ = std::make_shared<ManualSequence>();
  }
}

}  // namespace silex::net::test
