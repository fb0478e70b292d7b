// The session against the Silex service, every event of the wire in both directions, and in bad weather.
// SILEX_TEST_LONG=1: 200 crashes instead of 10, held for 60 s instead of 3.
#include "net/merge.hpp"
#include "net/session.hpp"
#include "support/server_fixture.hpp"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <optional>
#include <random>

namespace silex::net::test {
namespace {

const bool in_full = std::getenv("SILEX_TEST_LONG") != nullptr;

std::ptrdiff_t descriptors() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                       std::filesystem::directory_iterator());
}

// A host in the service. Everything but `session` is read inside loop.wait() or loop.change().
struct Host {
  explicit Host(const NodeServer& server, std::chrono::milliseconds first_wait = 20ms)
      : session({options(server, first_wait), {{"uuid", "h"}, {"dcc", "toy"}}, Json::object()}, handlers(),
                loop.executor(), [this](LogLevel, std::string_view sentence) {
                  loop.change([&] { log.emplace_back(sentence); });
                }) {
    session.start();
  }

  static ClientOptions options(const NodeServer& server, std::chrono::milliseconds first_wait) {
    auto options = to(server.url());
    options.backoff.first = first_wait;
    return options;
  }
  SessionHandlers handlers() {
    const auto keep = [this](Json what) { loop.change([&] { got.push_back(std::move(what)); }); };
    SessionHandlers handlers;
    handlers.on_query = [keep](const Json& query) { keep({"query", query}); };
    handlers.on_update = [keep](const std::string& uuid, const Json& diff) { keep({"update", uuid, diff}); };
    handlers.on_clear = [keep](const std::string& uuid) { keep({"clear", uuid}); };
    handlers.on_undo = [keep](const std::string& uuid, bool full) { keep({"undo", uuid, full}); };
    handlers.on_launch = [keep](const Json& launch) { keep({"launch", launch}); };
    handlers.on_state = [this](SessionState state, const std::string&) {
      loop.change([&] { ready += state == SessionState::ready ? 1 : 0; });
    };
    return handlers;
  }
  bool wait_ready(int times = 1) {
    return loop.wait([&] { return ready >= times; });
  }
  bool got_last(const Json& what) {
    return loop.wait([&] { return !got.empty() && got.back() == what; });
  }

  int ready = 0;
  std::vector<Json> got;
  std::vector<std::string> log;
  UserLoop loop;
  Session session;
};

// A user, who sees what the service tells the UIs.
struct User {
  explicit User(const NodeServer& server) : live(to(server.url())) {
    live.client.join("/ui");
    live.client.on("/ui", "", [this](const Incoming& event) {
      live.loop.change([&] { seen.push_back({event.name, event.arguments.at(0)}); });
    });
    live.client.start();
  }
  Json get(const std::string& name) {
    const Ack ack = live.ask("/ui", name);
    return ack.status == AckStatus::acknowledged ? ack.arguments.at(0).at("data") : Json();
  }
  // Asks until the answer is what it is to be: what others sent before may still be on its way.
  bool comes_to_get(const std::string& name, const std::function<bool(const Json&)>& is_it) {
    const auto end = std::chrono::steady_clock::now() + 30s;
    while (!is_it(get(name))) {
      if (std::chrono::steady_clock::now() > end) return false;
    }
    return true;
  }
  int status(const std::string& name, Json data) {
    const Ack ack = live.ask("/ui", name, {std::move(data)});
    return ack.status == AckStatus::acknowledged ? ack.arguments.at(0).at("status").get<int>() : 0;
  }
  bool sees(const Json& what) {
    return live.loop.wait([&] { return std::find(seen.begin(), seen.end(), what) != seen.end(); });
  }

  std::vector<Json> seen;
  LiveClient live;  // goes first: its loop writes what is above
};

Json whole(const std::string& uuid) {
  return {{"uuid", uuid}, {"status", 1}, {"context_metadata", {{"uuid", "h"}}}};
}

class Service : public Server {};

TEST_F(Service, HoldsAnActionThatIsLargerThanItsLargestMessage) {
  NodeServer server(nlohmann::json{{"maxHttpBufferSize", 10'000}}, "silex_service.js");
  Host host(server);
  ASSERT_TRUE(host.wait_ready());
  User user(server);
  Json large = whole("a");
  for (int i = 0; i < 300; ++i)
    large["steps"]["s"]["commands"]["c" + std::to_string(i)] = {{"status", 1},
                                                                {"logs", {std::string(100, 'x')}}};
  host.session.query(large);
  host.session.query(whole("b"));
  const auto has_all = [&] {
    const auto end = std::chrono::steady_clock::now() + 30s;
    while (std::chrono::steady_clock::now() < end) {
      const Json running = user.get("getRunningActions");
      if (running.is_object() && running.contains("b") && running.value("a", Json()) == large) return true;
    }
    return false;
  };
  EXPECT_TRUE(has_all());
  server.command({{"drop", true}});  // then all of it follows a snapshot
  ASSERT_TRUE(host.wait_ready(2));
  EXPECT_TRUE(has_all());
}

TEST_F(Service, TellsTheUsersWhatTheHostDoes) {
  NodeServer server(Json::object(), "silex_service.js");
  User user(server);
  ASSERT_EQ(user.status("initialization", {{"uuid", "u"}}), 200);
  {
    Host host(server);
    const Json context{{"uuid", "h"}, {"dcc", "toy"}};
    EXPECT_TRUE(user.sees({"dccConnect", {{"data", {{"context", context}}}}}));
    ASSERT_TRUE(host.wait_ready());
    EXPECT_EQ(user.get("getConnectedDccs"), Json({{"h", context}}));
    host.session.query(whole("a"));
    EXPECT_TRUE(user.sees({"actionQuery", {{"data", whole("a")}}}));
    host.session.update({{"uuid", "a"}, {"status", 3}, {"steps", {{"s", {{"list", {1, 2}}}}}}});
    EXPECT_TRUE(
        user.sees({"actionUpdate",
                   {{"data", {{"uuid", "a"}, {"status", 3}, {"steps", {{"s", {{"list", {1, 2}}}}}}}}}}));
    Json merged = whole("a");
    deep_merge(merged, {{"status", 3}, {"steps", {{"s", {{"list", {1, 2}}}}}}});
    EXPECT_EQ(user.get("getRunningActions"), Json({{"a", merged}}));
    host.session.front_event("anything", {{"x", 1}});
    EXPECT_TRUE(user.sees({"frontEvent", {{"x", 1}}}));
    host.session.clear("a");
    EXPECT_TRUE(user.sees({"clearAction", {{"data", {{"uuid", "a"}}}}}));
    EXPECT_EQ(user.get("getRunningActions"), Json::object());
  }
  EXPECT_TRUE(user.sees({"dccDisconnect", {{"data", {{"uuid", "h"}}}}}));
  EXPECT_EQ(user.get("getConnectedDccs"), Json::object());
}

TEST_F(Service, BringsTheHostWhatUsersAnswer) {
  NodeServer server(nlohmann::json{{"allowActions", {"publish"}}}, "silex_service.js");
  User user(server);
  ASSERT_EQ(user.status("initialization", {{"uuid", "u"}}), 200);
  Host host(server);
  ASSERT_TRUE(host.wait_ready());
  host.session.query(whole("a"));
  ASSERT_TRUE(user.sees({"actionQuery", {{"data", whole("a")}}}));
  EXPECT_EQ(user.status("actionUpdate", {{"uuid", "a"}, {"v", 1}}), 200);
  EXPECT_TRUE(host.got_last({"update", "a", {{"uuid", "a"}, {"v", 1}}}));
  EXPECT_EQ(user.status("undoLastCommand", {{"uuid", "a"}}), 200);
  EXPECT_TRUE(host.got_last({"undo", "a", false}));
  EXPECT_EQ(user.status("undoLastCommand", {{"uuid", "a"}, {"full", true}}), 200);
  EXPECT_TRUE(host.got_last({"undo", "a", true}));
  EXPECT_EQ(user.status("launchAction", {{"action", "publish"}, {"dcc", "toy"}}), 200);
  EXPECT_TRUE(host.got_last({"launch", {{"action", "publish"}}}));
  EXPECT_EQ(user.status("launchAction", {{"action", "other"}, {"dcc", "toy"}}), 400);
  EXPECT_EQ(user.status("clearAction", {{"uuid", "a"}}), 200);
  EXPECT_TRUE(host.got_last({"clear", "a"}));
}

TEST_F(Service, RefusesWhatTheWireSaysItRefuses) {
  NodeServer server(Json::object(), "silex_service.js");
  LiveClient live(to(server.url()));
  for (const char* nsp : {"/dcc", "/dcc/action", "/ui"}) live.client.join(nsp);
  live.client.start();
  const auto status = [&](const char* nsp, const char* name, Json data) {
    return live.ask(nsp, name, {std::move(data)}).arguments.at(0).at("status").get<int>();
  };
  EXPECT_EQ(status("/dcc", "initialization", {{"context", {{"name", "x"}}}}), 400);
  EXPECT_EQ(status("/dcc/action", "initialization", Json::object()), 400);
  EXPECT_EQ(status("/dcc/action", "query", {{"uuid", "a"}}), 400);
  EXPECT_EQ(status("/dcc/action", "query", {{"context_metadata", {{"uuid", "h"}}}}), 400);
  EXPECT_EQ(status("/dcc/action", "update", {{"uuid", "a"}}), 400);
  EXPECT_EQ(status("/ui", "undoLastCommand", {{"uuid", "a"}}), 400);
}

TEST_F(Service, KnowsAgainWhatItForgotAsSoonAsAnUpdateComes) {
  NodeServer server(Json::object(), "silex_service.js");
  User user(server);
  ASSERT_EQ(user.status("initialization", {{"uuid", "u"}}), 200);
  Host host(server);
  ASSERT_TRUE(host.wait_ready());
  host.session.query(whole("a"));
  ASSERT_TRUE(user.sees({"actionQuery", {{"data", whole("a")}}}));
  server.command({{"forget", "h"}});
  ASSERT_TRUE(user.sees({"dccDisconnect", {{"data", {{"uuid", "h"}}}}}));
  user.live.loop.change([&] { user.seen.clear(); });
  host.session.update({{"uuid", "a"}, {"status", 3}});
  EXPECT_TRUE(user.sees({"dccConnect", {{"data", {{"context", {{"uuid", "h"}, {"dcc", "toy"}}}}}}}));
  EXPECT_EQ(user.get("getRunningActions").at("a").at("status"), 3);
}

TEST_F(Service, WithStateRecoveryItIsToldAgainAndTheAnswerItKeptArrives) {
  NodeServer server(Json{{"recovery", true}}, "silex_service.js");
  Host host(server, 300ms);
  ASSERT_TRUE(host.wait_ready());
  host.session.query(whole("a"));
  server.command({{"room", "h"}, {"event", "query"}, {"data", 1}});  // there is an offset to recover from
  ASSERT_TRUE(host.got_last({"query", 1}));
  server.command({{"drop", true}});
  server.command({{"room", "h"}, {"event", "update"}, {"data", {{"uuid", "a"}, {"v", 2}}}});
  ASSERT_TRUE(host.wait_ready(2));
  EXPECT_TRUE(host.got_last({"update", "a", {{"uuid", "a"}, {"v", 2}}}));
  User user(server);
  ASSERT_EQ(user.status("initialization", {{"uuid", "u"}}), 200);
  EXPECT_EQ(user.get("getRunningActions"), Json({{"a", whole("a")}}));
}

// The loop is held past the server's patience. The main thread has no part in a session; that it is held too
// comes as the watchdog's report. Updates come from a worker: this thread.
TEST_F(Service, WhileTheLoopIsHeldItStaysConnectedAndLosesNothing) {
  const auto held = in_full ? 60'000ms : 3000ms;
  NodeServer server(Json{{"pingInterval", 200}, {"pingTimeout", 2000}}, "silex_service.js");
  User user(server);
  ASSERT_EQ(user.status("initialization", {{"uuid", "u"}}), 200);
  Host host(server);
  ASSERT_TRUE(host.wait_ready());
  host.session.query(whole("a"));
  ASSERT_TRUE(user.sees({"actionQuery", {{"data", whole("a")}}}));
  host.loop.post([&] { std::this_thread::sleep_for(held); });  // what the test is about
  host.session.report({RuntimeReport::Kind::loop_stalled, "a", 2s, "\"a\" holds the loop"});
  host.session.report({RuntimeReport::Kind::host_busy, "", 2s, "the host does not come back"});
  const int count = static_cast<int>(held / 50ms);
  for (int i = 0; i < count; ++i) {
    server.command({{"room", "h"}, {"event", "update"}, {"data", {{"uuid", "a"}, {"n", i}}}});
    host.session.update({{"uuid", "a"}, {"n", i}});
    std::this_thread::sleep_for(50ms);  // spreads them over the time that the loop is held
  }
  EXPECT_TRUE(user.sees({"frontEvent",
                         {{"type", "loopStalled"},
                          {"name", "a"},
                          {"seconds", 2.0},
                          {"message", "\"a\" holds the loop"},
                          {"uuid", "h"}}}));
  EXPECT_TRUE(user.comes_to_get("getRunningActions",
                                [&](const Json& actions) { return actions.at("a").at("n") == count - 1; }));
  ASSERT_TRUE(host.loop.wait([&] { return host.got.size() == static_cast<std::size_t>(count); }));
  for (int i = 0; i < count; ++i) {
    EXPECT_EQ(host.got[static_cast<std::size_t>(i)].at(2).at("n"), i);
  }
  EXPECT_EQ(host.session.statistics().connections, 1U);
  EXPECT_EQ(host.session.statistics().dropped, 0U);
}

// Whatever an action can do, 50 times a second; keeps what it makes of the actions.
class Actions {
 public:
  explicit Actions(Session& session) : session_(session), thread_([this] { run(); }) {}

  const Json& stop() {
    stop_ = true;
    thread_.join();
    return state_;
  }

 private:
  void run() {
    auto next = std::chrono::steady_clock::now();
    for (int count = 0; !stop_; ++count) {
      const std::string uuid = "action-" + std::to_string(count % 5);
      if (!state_.contains(uuid)) {
        state_[uuid] = whole(uuid);
        session_.query(whole(uuid));
      } else if (count % 97 == 0) {
        state_.erase(uuid);
        session_.clear(uuid);
      } else {
        const std::string key = "key" + std::to_string(count % 17);
        const Json diff{{"uuid", uuid}, {"status", count % 6}, {"steps", {{key, {{"n", count}}}}}};
        deep_merge(state_[uuid], diff);
        session_.update(diff);
      }
      std::this_thread::sleep_until(next += 20ms);
    }
  }

  Session& session_;
  Json state_ = Json::object();
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

TEST_F(Service, AfterAnyNumberOfCrashesItsMergedStateIsOurs) {
  const auto seed = std::random_device{}();
  std::mt19937 random(seed);
  SCOPED_TRACE("seed " + std::to_string(seed));
  const auto before = descriptors();
  {
    NodeServer server(Json{{"recovery", seed % 2 == 0}}, "silex_service.js");
    Host host(server);
    Actions actions(host.session);
    for (int i = in_full ? 200 : 10; i > 0; --i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(random() % 300));  // anywhere
      server.restart();
    }
    const Json ours = actions.stop();
    User user(server);
    ASSERT_EQ(user.status("initialization", {{"uuid", "u"}}), 200);
    Json theirs;
    EXPECT_TRUE(user.comes_to_get("getRunningActions",
                                  [&](const Json& running) {
                                    theirs = running;
                                    return theirs == ours;
                                  }))
        << theirs << "\n"
        << ours;
    EXPECT_TRUE(host.session.stop(5s));
    EXPECT_EQ(host.session.statistics().waiting, 0U);
    EXPECT_EQ(host.session.statistics().dropped, 0U);
  }
  EXPECT_LE(descriptors(), before);
}

}  // namespace
}  // namespace silex::net::test
