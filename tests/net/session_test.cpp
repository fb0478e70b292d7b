// The session: the service knows the host and its running actions, whatever happens in between.
#include "net/session.hpp"

#include "net/merge.hpp"
#include "support/client_fixture.hpp"

#include <optional>

namespace silex::net::test {

class SessionFixture : public ClientFixture {
 protected:
  ~SessionFixture() override {
    sequence_->run_what_is_posted();
    session_.reset();
    loop();
  }

  Session& make_session() {
    SessionHandlers handlers;
    handlers.on_query = [this](const Json& query) { got_.push_back("query " + query.dump()); };
    handlers.on_update = [this](const std::string& uuid, const Json& diff) {
      got_.push_back("update " + uuid + " " + diff.dump());
    };
    handlers.on_clear = [this](const std::string& uuid) { got_.push_back("clear " + uuid); };
    handlers.on_undo = [this](const std::string& uuid, bool full) {
      got_.push_back("undo " + uuid + (full ? " full" : ""));
    };
    handlers.on_state = [this](SessionState state, const std::string& sentence) {
      session_states_.push_back(state);
      session_sentence_ = sentence;
    };
    Wiring wiring{sequence_, wire_.factory(), [] { return 0.0; }};
    SessionOptions options;
    options.context = {{"uuid", "h"}};
    session_ = std::make_unique<Session>(
        options, handlers, [this](std::function<void()> call) { calls_.push_back(std::move(call)); },
        [this](LogLevel, std::string_view sentence) { log_.emplace_back(sentence); }, wiring);
    session_->start();
    return *session_;
  }
  // The four namespaces accept us; returns what the client says then, its acknowledgement numbers left out.
  std::vector<std::string> enter(const std::string& session = R"({"sid":"n"})") {
    run();
    peer()->events->opened();
    peer()->say(handshake);
    sequence_->run();
    peer()->take_sent();
    for (const char* nsp : {"", "/dcc,", "/dcc/action,", "/front-event,"}) {
      peer()->say("40" + std::string(nsp) + session);
      sequence_->run();
    }
    return said();
  }
  Session& ready() {
    Session& session = make_session();
    enter();
    answer_all();
    return session;
  }
  void come_back() {
    session_->reconnect_now();
    run();
  }
  void lose() {
    peer()->break_down();
    sequence_->run();
    unanswered_.clear();
  }

  // What was sent, as "<namespace> <event and payload>"; who waits for an acknowledgement is kept.
  std::vector<std::string> said() {
    sequence_->run();
    loop();
    sequence_->run();
    std::vector<std::string> texts;
    for (const std::string& packet : peer()->take_sent()) {
      const auto comma = packet.find(',');
      const auto bracket = packet.find('[');
      if (packet.rfind("42", 0) != 0) continue;
      const std::string nsp = packet.substr(2, comma - 2);
      unanswered_.push_back("43" + nsp + packet.substr(comma, bracket - comma));
      texts.push_back(nsp + " " + packet.substr(bracket));
    }
    return texts;
  }
  void answer_all(const std::string& with = R"([{"status":200,"msg":"ok"}])") {
    for (const auto& head : std::exchange(unanswered_, {})) peer()->say(head + with);
    sequence_->run();
    loop();
    sequence_->run();
  }
  static Json whole(const std::string& uuid, Json more = Json::object()) {
    more["uuid"] = uuid;
    more["context_metadata"] = {{"uuid", "h"}};
    return more;
  }

  std::unique_ptr<Session> session_;
  std::vector<std::string> got_;
  std::vector<SessionState> session_states_;
  std::string session_sentence_;
  std::vector<std::string> unanswered_;
};

using SessionTest = SessionFixture;
const char* const dcc_hello = R"(/dcc ["initialization",{"context":{"uuid":"h"},"runningActions":{}}])";
const char* const action_hello = R"(/dcc/action ["initialization",{"uuid":"h"}])";

TEST(Merge, MergesObjectsReplacesTheRestRemovesNothing) {
  Json into{{"a", {{"x", 1}, {"y", {1, 2}}}}, {"b", 1}};
  deep_merge(into, {{"a", {{"y", {3}}, {"z", nullptr}}}, {"b", {{"c", 2}}}});
  EXPECT_EQ(into, Json({{"a", {{"x", 1}, {"y", {3}}, {"z", nullptr}}}, {"b", {{"c", 2}}}}));
}

TEST_F(SessionTest, IntroducesItselfInBothNamespacesOnConnect) {
  make_session();
  EXPECT_THAT(enter(), ElementsAre(dcc_hello, action_hello));
  answer_all();
  EXPECT_THAT(session_states_, ElementsAre(SessionState::introducing, SessionState::ready));
}

TEST_F(SessionTest, IntroducesItselfAgainWhereTheSessionWasRecovered) {
  make_session();
  enter(R"({"sid":"n","pid":"p"})");
  answer_all();
  peer()->say(R"(42/dcc/action,["query",1,"offset"])");
  lose();
  come_back();
  EXPECT_THAT(enter(R"({"sid":"n","pid":"p"})"), ElementsAre(dcc_hello, action_hello));
}

TEST_F(SessionTest, IntroducesItselfWhileTheLoopIsHeld) {
  ready();
  blocked_ = true;
  lose();
  sequence_->advance(1s);
  EXPECT_THAT(enter(), ElementsAre(dcc_hello, action_hello));
}

TEST_F(SessionTest, WhatWaitsForALoopThatNeverComesKeepsNothingAlive) {
  ready();
  blocked_ = true;
  const auto held = std::make_shared<int>();
  session_->on("/dcc", "x", [held](const Incoming&) {});
  lose();
  sequence_->run_what_is_posted();
  session_.reset();
  EXPECT_FALSE(calls_.empty());
  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(SessionTest, EachRunningActionIsSentWholeOnceThenDiffsGoOn) {
  auto& session = ready();
  session.query(whole("a", {{"s", 1}}));
  session.update({{"uuid", "a"}, {"t", {{"x", 1}}}});
  EXPECT_EQ(said().size(), 2U);
  lose();
  session.update({{"uuid", "a"}, {"t", {{"y", 2}}}});
  come_back();
  EXPECT_THAT(enter(), ElementsAre(HasSubstr(R"("t":{"x":1,"y":2}})"), action_hello));
  session.update({{"uuid", "a"}, {"s", 3}});
  EXPECT_THAT(said(), IsEmpty());
  answer_all();
  EXPECT_THAT(said(), ElementsAre(R"(/dcc/action ["update",{"uuid":"a","s":3}])",
                                  HasSubstr(R"("type":"reconnected")")));
}

TEST_F(SessionTest, ADiffOfTheLastConnectionDoesNotFollowTheSnapshot) {
  auto& session = ready();
  session.query(whole("a"));
  said();
  peer()->writable = false;
  session.update({{"uuid", "a"}, {"s", 1}});
  said();
  lose();
  come_back();
  enter();
  answer_all();
  for (const auto& text : said()) EXPECT_THAT(text, testing::Not(HasSubstr("update")));
  EXPECT_EQ(session.statistics().dropped, 0U);
}

TEST_F(SessionTest, AnActionTheServiceLostIsSentWholeAgainOnceAndNotInALoop) {
  auto& session = ready();
  session.query(whole("a"));
  said();
  answer_all();
  for (int i = 0; i < 3; ++i) session.update({{"uuid", "a"}, {"s", i}});
  said();
  answer_all(R"([{"status":400,"msg":"unknown"}])");
  EXPECT_THAT(said(), ElementsAre(HasSubstr(R"("s":2)"), action_hello));
  answer_all();
  session.update({{"uuid", "a"}, {"s", 7}});
  said();
  answer_all(R"([{"status":400,"msg":"unknown"}])");
  EXPECT_THAT(said(), IsEmpty());
  advance(1s);
  EXPECT_THAT(said(), ElementsAre(HasSubstr(R"("s":7)"), action_hello));
}

TEST_F(SessionTest, ARefusalIsReportedOnceWithTheServicesMessageAndTriedAgainLater) {
  make_session();
  enter();
  answer_all(R"([{"status":400,"msg":"no such show"}])");
  EXPECT_EQ(session_states_.back(), SessionState::refused);
  EXPECT_EQ(session_sentence_, "no such show");
  EXPECT_THAT(said(), IsEmpty());
  advance(999ms);
  EXPECT_THAT(said(), IsEmpty());
  advance(1ms);
  EXPECT_THAT(said(), ElementsAre(dcc_hello, action_hello));
  answer_all(R"([{"status":400,"msg":"no such show"}])");
  EXPECT_EQ(log_.size(), 1U);
}

TEST_F(SessionTest, GoesOnWithoutAnAcknowledgementAfterASecond) {
  auto& session = make_session();
  enter();
  session.query(whole("a"));
  advance(1s);
  EXPECT_THAT(said(), ElementsAre(HasSubstr("query")));
  EXPECT_THAT(session_states_.back(), SessionState::ready);
}

TEST_F(SessionTest, RoomEventsBecomeTypedCallsOnTheLoop) {
  auto& session = ready();
  session.query(whole("a"));
  said();
  peer()->say(R"(42/dcc/action,["query",{"x":1}])");
  peer()->say(R"(42/dcc/action,["update",{"uuid":"a","v":1}])");
  peer()->say(R"(42/dcc/action,["undo",{"uuid":"a","full":true}])");
  peer()->say(R"(42/dcc/action,["undo",{"uuid":"a"}])");
  peer()->say(R"(42/dcc/action,["clear",{"uuid":"a"}])");
  peer()->say(R"(42/dcc/action,["undo",{"uuid":"a"}])");
  EXPECT_THAT(said(), IsEmpty());  // no clearAction back
  EXPECT_THAT(got_, ElementsAre(R"(query {"x":1})", R"(update a {"uuid":"a","v":1})", "undo a full", "undo a",
                                "clear a"));
  EXPECT_THAT(log_, ElementsAre(HasSubstr("which is not running")));
  EXPECT_THROW(session.update({{"uuid", "a"}}), std::invalid_argument);
}

TEST_F(SessionTest, HalfACharacterInAUsersTextCostsNoConnection) {
  auto& session = ready();
  session.query(whole("a"));
  said();
  peer()->say(R"(42/dcc/action,["update",{"uuid":"a","note":"cut \ud83d"}])");
  said();
  ASSERT_NE(peer(), nullptr);
  EXPECT_THAT(got_, ElementsAre("update a {\"uuid\":\"a\",\"note\":\"cut \ufffd\"}"));
  EXPECT_EQ(session_states_.back(), SessionState::ready);
}

TEST_F(SessionTest, WrongInputIsOneSentenceAndChangesNothing) {
  auto& session = ready();
  EXPECT_THROW(session.query({{"name", "x"}}), std::invalid_argument);
  EXPECT_THROW(session.query({{"uuid", "a"}}), std::invalid_argument);
  EXPECT_THROW(session.query(whole("a", {{"x", "\xff"}})), std::invalid_argument);
  EXPECT_THROW(session.update({{"uuid", "a"}}), std::invalid_argument);
  EXPECT_THROW(session.update(Json::array()), std::invalid_argument);
  EXPECT_THROW(session.clear("a"), std::invalid_argument);
  EXPECT_THROW(session.set_context({{"uuid", "other"}}), std::invalid_argument);
  EXPECT_THAT(said(), IsEmpty());
}

TEST_F(SessionTest, AnActionClearedWhileAwayIsClearedAtTheServiceBeforeTheSnapshot) {
  auto& session = ready();
  session.query(whole("a"));
  said();
  answer_all();
  lose();
  session.clear("a");
  come_back();
  EXPECT_THAT(enter(), ElementsAre(R"(/dcc/action ["clearAction",{"uuid":"a"}])", dcc_hello, action_hello));
  answer_all();
  said();
  lose();
  come_back();
  EXPECT_THAT(enter(), ElementsAre(dcc_hello, action_hello));
}

TEST_F(SessionTest, AStallIsToldOnceAlsoWhenItHappenedWhileAway) {
  auto& session = make_session();
  using Kind = RuntimeReport::Kind;
  session.report({Kind::loop_stalled, "task", 3s, "task holds the loop"});
  session.report({Kind::loop_stalled, "task", 4s, "task holds the loop"});
  session.report({Kind::host_busy, "call", 1s, "the host is busy"});
  session.report({Kind::host_responsive, "call", 2s, "the host is back"});
  enter();
  answer_all();
  EXPECT_THAT(said(), ElementsAre(R"(/front-event ["hostStatus",{"type":"loopStalled","name":"task",)"
                                  R"("seconds":3.0,"message":"task holds the loop","uuid":"h"}])"));
  EXPECT_THAT(log_, IsEmpty());  // who found it has logged it
  session.report({Kind::loop_resumed, "task", 5s, "task let go"});
  EXPECT_THAT(said(), ElementsAre(HasSubstr("loopResumed")));
}

// Of more than the megabyte that the hand-shake allows.
TEST_F(SessionTest, AnActionLargerThanTheServiceTakesGoesInParts) {
  auto& session = ready();
  Json large = whole("a");
  for (const char* name : {"z", "b", "c"}) large["commands"][name] = {{"text", std::string(600'000, 'x')}};
  const auto parts_of = [&](const std::vector<std::string>& texts) {
    Json all = Json::object();
    for (const std::string& text : texts) {
      EXPECT_LT(text.size(), 1'000'000U);
      const Json event = Json::parse(text.substr(text.find('[')));
      EXPECT_EQ(event[0], all.empty() ? "query" : "update");
      deep_merge(all, event[1]);
    }
    return all.dump();
  };
  const std::string expected = [&] {
    Json ordered{{"uuid", "a"}, {"context_metadata", {{"uuid", "h"}}}};
    deep_merge(ordered, large);
    return ordered.dump();
  }();
  session.query(large);
  session.query(whole("small"));
  auto texts = said();
  ASSERT_EQ(texts.size(), 5U);
  EXPECT_THAT(texts.back(), HasSubstr("small"));
  texts.pop_back();
  EXPECT_EQ(parts_of(texts), expected);

  lose();
  come_back();
  texts = enter();
  ASSERT_EQ(texts.size(), 6U);
  EXPECT_THAT(texts[0], AllOf(HasSubstr(R"("runningActions":{"small":)"), Not(HasSubstr("xxx"))));
  EXPECT_EQ(texts[1], action_hello);
  EXPECT_EQ(parts_of({texts.begin() + 2, texts.end()}), expected);
}

// Its end of the last connection may be up as long as it waits for a sign of life. Then it forgets us.
TEST_F(SessionTest, AServiceThatSeesTheLastConnectionEndLateIsToldAgain) {
  auto& session = ready();
  session.query(whole("a"));
  answer_all();
  lose();
  come_back();
  enter();
  answer_all();
  said();
  for (int i = 0; i < 2; ++i) {
    advance(20s);
    peer()->say("2");
  }
  EXPECT_THAT(said(), IsEmpty());
  advance(6s);
  EXPECT_THAT(said(), ElementsAre(HasSubstr(R"(,"runningActions":{"a":)"), action_hello));
}

}  // namespace silex::net::test
