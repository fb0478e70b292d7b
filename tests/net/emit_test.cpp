// What goes out and what comes in: events, acknowledgements, the orderly close.
#include "support/emit_fixture.hpp"

#include <future>
#include <thread>

namespace silex::net::test {

class Emit : public EmitFixture {};

TEST_F(Emit, SendsWhatOneTurnEmittedInOneWrite) {
  auto& client = joined();
  const int before = peer()->writes;
  for (int i = 0; i < 64; ++i) client.emit("/dcc", "tick", {i});
  EXPECT_EQ(sent().size(), 64U);
  EXPECT_EQ(peer()->writes, before + 1);
}

TEST_F(Emit, GivesTheAcknowledgementToWhoAsked) {
  auto& client = joined();
  client.emit("/dcc", "query", {{{"uuid", "a"}}}, {}, keep_ack());
  EXPECT_THAT(sent(), ElementsAre(R"(42/dcc,1["query",{"uuid":"a"}])"));
  peer()->say(R"(43/dcc,1[{"status":200}])");
  run();
  ASSERT_EQ(acks_.size(), 1U);
  EXPECT_EQ(acks_[0].status, AckStatus::acknowledged);
  EXPECT_EQ(acks_[0].arguments.at(0).at("status"), 200);
}

TEST_F(Emit, TimesOutAfterASecondAndIgnoresTheLateAnswer) {
  auto& client = joined();
  client.emit("/dcc", "query", {}, {}, keep_ack());
  run();
  advance(999ms);
  EXPECT_THAT(acks_, IsEmpty());
  advance(1ms);
  ASSERT_EQ(acks_.size(), 1U);
  EXPECT_EQ(acks_[0].status, AckStatus::timed_out);
  EXPECT_THAT(acks_[0].sentence, HasSubstr("\"query\" on /dcc was not acknowledged in time"));
  peer()->say("43/dcc,1[]");
  run();
  EXPECT_EQ(acks_.size(), 1U);
}

TEST_F(Emit, TimesOutEachAtItsOwnTime) {
  auto& client = joined();
  EmitOptions slow;
  slow.timeout = 3s;
  std::vector<int> order;
  client.emit("/dcc", "slow", {}, slow, [&](const Ack&) { order.push_back(1); });
  client.emit("/dcc", "fast", {}, {}, [&](const Ack&) { order.push_back(2); });
  run();
  advance(2999ms);
  EXPECT_THAT(order, ElementsAre(2));
  advance(1ms);
  EXPECT_THAT(order, ElementsAre(2, 1));
}

TEST_F(Emit, SendsBinaryBesideItsPacket) {
  auto& client = joined();
  client.emit("/dcc", "image", {Json::binary({1, 2, 3})});
  EXPECT_THAT(sent(), ElementsAre(R"(451-/dcc,["image",{"_placeholder":true,"num":0}])", "\x01\x02\x03"));
  EXPECT_TRUE(peer()->sent.back().binary);
}

TEST_F(Emit, GivesEventsToTheirHandlerAndBinaryWithThem) {
  auto& client = joined();
  std::vector<Incoming> events;
  client.on("/dcc", "image", [&](const Incoming& event) { events.push_back(event); });
  client.on("/dcc", "", [&](const Incoming& event) { events.push_back(event); });
  run();
  peer()->say(R"(42/dcc,["other",1])");
  peer()->say(R"(451-/dcc,["image",{"_placeholder":true,"num":0}])");
  peer()->say_binary("\x01\x02");
  run();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].name, "other");
  EXPECT_EQ(events[1].arguments.at(0).get_binary().size(), 2U);
}

TEST_F(Emit, ReplyAnswersTheServerOnce) {
  auto& client = joined();
  client.on("/dcc", "ask", [](const Incoming& event) {
    event.reply({"yes"});
    event.reply({"again"});
  });
  run();
  peer()->say(R"(42/dcc,17["ask"])");
  EXPECT_THAT(sent(), ElementsAre(R"(43/dcc,17["yes"])"));
}

TEST_F(Emit, AReplyThatComesAfterAReconnectIsNotSent) {
  auto& client = joined();
  Reply reply;
  client.on("/dcc", "ask", [&](const Incoming& event) { reply = event.reply; });
  run();
  peer()->say(R"(42/dcc,17["ask"])");
  run();
  go_offline();
  come_back();
  reply({"late"});
  EXPECT_THAT(sent(), IsEmpty());
}

TEST_F(Emit, AHandlerThatThrowsIsLoggedAndTheNextOneRuns) {
  auto& client = joined();
  int calls = 0;
  client.on("/dcc", "x", [&](const Incoming&) {
    if (++calls == 1) throw std::runtime_error("boom");
  });
  run();
  peer()->say(R"(42/dcc,["x"])");
  peer()->say(R"(42/dcc,["x"])");
  run();
  EXPECT_EQ(calls, 2);
  EXPECT_THAT(log_, ElementsAre(HasSubstr("threw: boom")));
}

TEST_F(Emit, NothingIsLostWhileTheLoopIsBlocked) {
  auto& client = joined();
  std::vector<int> got;
  client.on("/dcc", "tick", [&](const Incoming& event) { got.push_back(event.arguments.at(0)); });
  run();
  blocked_ = true;
  for (int i = 0; i < 1000; ++i) {
    peer()->say("42/dcc,[\"tick\"," + std::to_string(i) + "]");
    sequence_->run();
  }
  EXPECT_EQ(calls_.size(), 1U);  // one posted call holds them all
  blocked_ = false;
  run();
  ASSERT_EQ(got.size(), 1000U);
  EXPECT_TRUE(std::is_sorted(got.begin(), got.end()));
}

TEST_F(Emit, RefusesWhatTheServerWouldCloseTheConnectionFor) {
  auto& client = joined();
  client.emit("/dcc", "huge", {std::string(1'000'001, 'x')}, at_least_once(), keep_ack());
  EXPECT_THAT(sent(), IsEmpty());
  ASSERT_EQ(acks_.size(), 1U);
  EXPECT_EQ(acks_[0].status, AckStatus::refused);
  EXPECT_THAT(acks_[0].sentence, HasSubstr("raise its maxHttpBufferSize"));
  EXPECT_EQ(client.statistics().waiting, 0U);
}

TEST_F(Emit, RefusesWhatCannotBeEncoded) {
  auto& client = joined();
  client.emit("/dcc", "bad", {"\xff"}, {}, keep_ack());
  client.emit("/nowhere", "x", {}, {}, keep_ack());
  EXPECT_THAT(sent(), IsEmpty());
  ASSERT_EQ(acks_.size(), 2U);
  EXPECT_EQ(acks_[0].status, AckStatus::refused);
  EXPECT_THAT(acks_[1].sentence, HasSubstr("nobody joined that namespace"));
}

TEST_F(Emit, StopSendsWhatWaitsAwaitsWhatIsOwedAndClosesInOrder) {
  auto& client = joined();
  client.emit("/dcc", "update", {1}, at_least_once(), keep_ack());
  run();
  auto stopped = std::async(std::launch::async, [&] { return client.stop(1s); });
  while (sequence_->idle()) std::this_thread::yield();
  run();
  EXPECT_THAT(peer()->take_sent(), ElementsAre(R"(42/dcc,1["update",1])"));
  EXPECT_EQ(peer()->close_code, 0);
  peer()->say("43/dcc,1[]");
  run();
  EXPECT_THAT(peer()->take_sent(), ElementsAre("41/dcc,"));
  EXPECT_EQ(peer()->close_code, 1000);
  peer()->events->closed({CloseCause::closed, 1000, "done"});
  run();
  EXPECT_TRUE(stopped.get());
  EXPECT_EQ(acks_.at(0).status, AckStatus::acknowledged);
  EXPECT_EQ(states_.back().kind, Kind::stopped);
}

TEST_F(Emit, StopLeavesOnceTheServerHasReadWhatWasSent) {
  auto& client = joined();
  peer()->pongs = false;
  client.emit("/dcc", "update", {1});
  run();
  auto stopped = std::async(std::launch::async, [&] { return client.stop(1s); });
  while (sequence_->idle()) std::this_thread::yield();
  run();
  EXPECT_THAT(peer()->take_sent(), ElementsAre(R"(42/dcc,["update",1])"));
  EXPECT_EQ(peer()->pings, 1);
  EXPECT_EQ(peer()->close_code, 0);
  peer()->events->ponged();
  run();
  EXPECT_THAT(peer()->take_sent(), ElementsAre("41/dcc,"));
  EXPECT_EQ(peer()->close_code, 1000);
  EXPECT_EQ(peer()->pings, 1);
  peer()->events->closed({CloseCause::closed, 1000, "done"});
  run();
  EXPECT_TRUE(stopped.get());
}

TEST_F(Emit, StopDoesNotWaitForAServerThatDoesNotAnswerForLongerThanItsBound) {
  auto& client = joined();
  peer()->pongs = false;
  auto stopped = std::async(std::launch::async, [&] { return client.stop(1s); });
  while (sequence_->idle()) std::this_thread::yield();
  run();
  advance(1s);
  EXPECT_TRUE(stopped.get());  // nothing was left behind
  EXPECT_EQ(peer(), nullptr);
}

TEST_F(Emit, StopGivesUpAtItsBoundAndSaysSo) {
  auto& client = joined();
  client.emit("/dcc", "update", {1}, at_least_once(), keep_ack());
  run();
  auto stopped = std::async(std::launch::async, [&] { return client.stop(1s); });
  while (sequence_->idle()) std::this_thread::yield();
  run();
  advance(1s);
  EXPECT_FALSE(stopped.get());
  EXPECT_EQ(peer(), nullptr);
  EXPECT_THAT(log_.back(), HasSubstr("1 events were not delivered"));
}

TEST_F(Emit, EveryAwaitedAnswerIsCompletedByAStop) {
  auto& client = joined();
  client.emit("/dcc", "query", {}, {}, keep_ack());
  run();
  go_offline();
  client.emit("/dcc", "query", {}, {}, keep_ack());
  run();
  sequence_->run_what_is_posted();
  EXPECT_FALSE(client.stop(1s));
  client.emit("/dcc", "query", {}, {}, keep_ack());
  loop();
  ASSERT_EQ(acks_.size(), 3U);
  EXPECT_EQ(acks_[0].status, AckStatus::disconnected);
  EXPECT_EQ(acks_[1].status, AckStatus::stopped);
  EXPECT_EQ(acks_[2].status, AckStatus::stopped);
}

TEST_F(Emit, WhatIsForOneVisitIsNeitherSentInTheNextNorCountedAsDropped) {
  auto& client = joined({}, {Json::object(), true});
  EmitOptions bound;
  bound.visit = states_.back().visit;
  client.emit("/dcc", "held", {}, bound, keep_ack());
  run();
  go_offline();
  client.emit("/dcc", "away", {}, bound, keep_ack());
  come_back();
  run();
  client.release("/dcc");
  client.emit("/dcc", "late", {}, bound, keep_ack());
  EXPECT_THAT(sent(), IsEmpty());
  ASSERT_EQ(acks_.size(), 3U);
  for (const Ack& ack : acks_) EXPECT_EQ(ack.status, AckStatus::disconnected);
  EXPECT_NE(states_.back().visit, bound.visit);
  bound.visit = states_.back().visit;
  client.emit("/dcc", "now", {}, bound);
  EXPECT_EQ(sent().size(), 1U);
  EXPECT_EQ(client.statistics().dropped, 0U);
  EXPECT_EQ(client.statistics().waiting, 0U);
}

}  // namespace silex::net::test
