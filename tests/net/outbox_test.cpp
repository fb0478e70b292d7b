// What waits while it cannot be sent, and what is sent again.
#include "support/emit_fixture.hpp"

namespace silex::net::test {

class Outbox : public EmitFixture {};

TEST_F(Outbox, KeepsEventsInOrderWhileOffline) {
  auto& client = joined();
  go_offline();
  for (int i = 0; i < 3; ++i) client.emit("/dcc", "tick", {i});
  run();
  EXPECT_EQ(client.statistics().waiting, 3U);
  come_back();
  EXPECT_THAT(sent(), ElementsAre(R"(42/dcc,["tick",0])", R"(42/dcc,["tick",1])", R"(42/dcc,["tick",2])"));
  EXPECT_EQ(client.statistics().waiting, 0U);
}

TEST_F(Outbox, KeepsOnlyTheLatestOfAKeyAndTheOrderOfTheRest) {
  auto& client = joined();
  go_offline();
  client.emit("/dcc", "progress", {1}, latest("a"), keep_ack());
  client.emit("/dcc", "log", {"x"});
  client.emit("/dcc", "progress", {2}, latest("b"));
  client.emit("/dcc", "progress", {3}, latest("a"));
  run();
  ASSERT_EQ(acks_.size(), 1U);
  EXPECT_EQ(acks_[0].status, AckStatus::dropped);
  come_back();
  EXPECT_THAT(sent(),
              ElementsAre(R"(42/dcc,["log","x"])", R"(42/dcc,["progress",2])", R"(42/dcc,["progress",3])"));
  EXPECT_EQ(client.statistics().replaced, 1U);
  EXPECT_EQ(client.statistics().dropped, 0U);
}

TEST_F(Outbox, DropsWhatIsNotWorthKeepingAndReportsTheCountOnce) {
  auto& client = joined();
  go_offline();
  for (int i = 0; i < 37; ++i) client.emit("/dcc", "mouse", {i}, dropped());
  run();
  log_.clear();
  come_back();
  EXPECT_THAT(sent(), IsEmpty());
  EXPECT_THAT(log_, ElementsAre(HasSubstr("connected"), HasSubstr("37 events were dropped")));
  EXPECT_EQ(client.statistics().dropped, 37U);
}

TEST_F(Outbox, RefusesWhatTheOutboxHasNoRoomForAndKeepsWhatItTook) {
  ClientOptions options;
  options.outbox.events = 3;
  auto& client = joined(options);
  go_offline();
  for (int i = 0; i < 5; ++i) client.emit("/dcc", "tick", {i}, {}, keep_ack());
  run();
  EXPECT_EQ(acks_.size(), 2U);
  EXPECT_THAT(acks_[0].sentence, HasSubstr("the outbox is full"));
  come_back();
  EXPECT_EQ(sent().size(), 3U);
}

TEST_F(Outbox, BoundsTheOutboxInBytesToo) {
  ClientOptions options;
  options.outbox.bytes = 1000;
  auto& client = joined(options);
  go_offline();
  for (int i = 0; i < 5; ++i) client.emit("/dcc", "blob", {std::string(300, 'x')});
  run();
  EXPECT_EQ(client.statistics().waiting, 3U);
  EXPECT_LE(client.statistics().waiting_bytes, 1000U);
}

TEST_F(Outbox, WhatTheSystemNeverTookIsSentAgain) {
  auto& client = joined();
  peer()->writable = false;
  client.emit("/dcc", "tick", {1});
  client.emit("/dcc", "mouse", {1}, dropped());
  run();
  go_offline();
  client.emit("/dcc", "tick", {2});
  come_back();
  EXPECT_THAT(sent(), ElementsAre(R"(42/dcc,["tick",1])", R"(42/dcc,["tick",2])"));
}

TEST_F(Outbox, AtLeastOnceIsSentAgainUntilAcknowledgedBeforeAnythingNewer) {
  auto& client = joined();
  client.emit("/dcc", "update", {{{"id", 1}}}, at_least_once(), keep_ack());
  client.emit("/dcc", "update", {{{"id", 2}}}, at_least_once(), keep_ack());
  client.emit("/dcc", "plain", {});
  run();
  peer()->say("43/dcc,1[]");
  run();
  go_offline();
  client.emit("/dcc", "plain", {});
  come_back();
  EXPECT_THAT(sent(), ElementsAre(R"(42/dcc,2["update",{"id":2}])", R"(42/dcc,["plain"])"));
  peer()->say("43/dcc,2[]");
  run();
  go_offline();
  come_back();
  EXPECT_THAT(sent(), IsEmpty());
  EXPECT_EQ(acks_.size(), 2U);
}

TEST_F(Outbox, AtLeastOnceGoesOnAfterItsTimeOutWasTold) {
  auto& client = joined();
  client.emit("/dcc", "update", {1}, at_least_once(), keep_ack());
  run();
  advance(1s);
  ASSERT_EQ(acks_.size(), 1U);
  EXPECT_EQ(acks_[0].status, AckStatus::timed_out);
  go_offline();
  come_back();
  EXPECT_THAT(sent(), ElementsAre(R"(42/dcc,1["update",1])"));
  peer()->say("43/dcc,1[]");
  run();
  EXPECT_EQ(acks_.size(), 1U);
  EXPECT_EQ(client.statistics().waiting, 0U);
}

TEST_F(Outbox, AServerThatNeverAcknowledgesDoesNotStopTheRest) {
  ClientOptions options;
  options.outbox.bytes = 500;
  auto& client = joined(options);
  for (int i = 0; i < 100; ++i) {
    client.emit("/dcc", "update", {std::string(100, 'x')}, at_least_once());
    run();
    advance(1s);
    if (peer() != nullptr) peer()->say("2");
  }
  EXPECT_EQ(client.statistics().sent, 100U);
  EXPECT_LE(client.statistics().waiting_bytes, 700U);
}

TEST_F(Outbox, TellsADisconnectionToWhoAwaitedAnAnswer) {
  auto& client = joined();
  client.emit("/dcc", "query", {}, {}, keep_ack());
  run();
  go_offline();
  ASSERT_EQ(acks_.size(), 1U);
  EXPECT_EQ(acks_[0].status, AckStatus::disconnected);
}

TEST_F(Outbox, AWaitingEventIsAcknowledgedAfterTheReconnect) {
  auto& client = joined();
  go_offline();
  client.emit("/dcc", "query", {}, {}, keep_ack());
  come_back();
  EXPECT_THAT(sent(), ElementsAre(R"(42/dcc,1["query"])"));
  peer()->say("43/dcc,1[1]");
  run();
  ASSERT_EQ(acks_.size(), 1U);
  EXPECT_EQ(acks_[0].status, AckStatus::acknowledged);
}

TEST_F(Outbox, HoldsWhatWaitsUntilTheUserIntroducedItself) {
  JoinOptions hold;
  hold.hold = true;
  auto& client = joined({}, hold);
  EmitOptions first;
  first.first = true;
  client.emit("/dcc", "update", {1});
  client.emit("/dcc", "initialization", {}, first, keep_ack());
  EXPECT_THAT(sent(), ElementsAre(R"(42/dcc,1["initialization"])"));
  client.release("/dcc");
  EXPECT_THAT(sent(), ElementsAre(R"(42/dcc,["update",1])"));
  go_offline();
  client.emit("/dcc", "update", {2});
  client.emit("/dcc", "initialization", {}, first, keep_ack());
  run();
  EXPECT_EQ(acks_.back().status, AckStatus::dropped);
  come_back();
  EXPECT_THAT(sent(), IsEmpty());
  client.release("/dcc");
  EXPECT_THAT(sent(), ElementsAre(R"(42/dcc,["update",2])"));
}

TEST_F(Outbox, LeavesInTheOutboxWhatTheTransportCannotTakeYet) {
  auto& client = joined();
  peer()->writable = false;
  for (int i = 0; i < 30; ++i)
    client.emit("/dcc", "progress", {std::string(100'000, 'x')}, latest(std::to_string(i)));
  run();
  const auto before = peer()->sent.size();
  EXPECT_LT(before, 20U);
  client.emit("/dcc", "progress", {"new"}, latest("29"));
  run();
  EXPECT_EQ(client.statistics().replaced, 1U);
  peer()->writable = true;
  peer()->written();
  run();
  EXPECT_EQ(peer()->take_sent().back(), R"(42/dcc,["progress","new"])");
  EXPECT_EQ(client.statistics().sent, 30U);
}

}  // namespace silex::net::test
