// A session as users have it, against the Silex service: both runtimes are real, one is a host's, the other
// one a user's page.
#include "connection_test.hpp"
#include "toy_host.h"

#include <silex/session.hpp>

#include <future>

#include <nlohmann/json.hpp>
#include <unistd.h>

namespace silex::test {
namespace {

using net::test::NodeServer;
using nlohmann::json;

const bool in_full = std::getenv("SILEX_TEST_LONG") != nullptr;

// What a user's page is told, as "event data".
class Page {
 public:
  explicit Page(const std::string& url)
      : connection_(runtime_.context(), to(url)), ui_(connection_.join("/ui")) {
    ui_.on("", [this](const Event& event) {
      const json data = json::parse(event.arguments.json()).at(0);
      seen_.add(event.name + " " + data.value("data", data).dump());
    });
    ui_.on("frontEvent", [this](const Event& event) {
      const json data = json::parse(event.arguments.json()).at(0);
      seen_.add("frontEvent " + data.value("type", data.dump()) + " " + data.value("name", ""));
    });
  }
  // The answer to a question of the page's.
  json ask(const std::string& name, const json& data = json::object()) {
    const auto question = [&](Context) -> task<std::string> {
      const std::string arguments = json::array({data}).dump();
      const Arguments answer = co_await ui_.emit_with_ack(name, arguments, {.timeout = kLongEnough});
      co_return answer.json();
    };
    return json::parse(runtime_.spawn("ask", question).get()).at(0);
  }
  bool sees(const std::string& line) { return seen_.has(line); }

 private:
  static ConnectionOptions to(const std::string& url) {
    ConnectionOptions options;
    options.url = url;
    options.backoff_first = 20ms;
    return options;
  }
  struct Started : Runtime {
    Started() { start(); }
  };
  Lines seen_;
  Started runtime_;
  Connection connection_;
  Namespace ui_;
};

class SessionTest : public ConnectionTest {
 protected:
  void SetUp() override {
    ConnectionTest::SetUp();
    if (IsSkipped()) return;
    server = std::make_unique<NodeServer>(json{{"allowActions", {"render"}}}, "silex_service.js");
  }
  // Each handler writes a line.
  SessionOptions options(std::string context = R"({"uuid": "h", "dcc": "toy"})") {
    SessionOptions told;
    told.context = std::move(context);
    told.on_query = [this](const std::string& query) { lines.add("query " + query); };
    told.on_update = [this](const std::string& uuid, const std::string& diff) {
      lines.add("update " + uuid + " " + diff);
    };
    told.on_clear = [this](const std::string& uuid) { lines.add("clear " + uuid); };
    told.on_undo = [this](const std::string& uuid, bool full) {
      lines.add("undo " + uuid + (full ? " all" : " one"));
    };
    told.on_launch = [this](const std::string& launch) { lines.add("launch " + launch); };
    told.on_state = [this](const SessionState& state) {
      const char* const names[] = {"", "disconnected", "introducing", "ready", "refused"};
      lines.add(names[state.kind] + (state.message.empty() ? "" : ": " + state.message));
    };
    return told;
  }
  std::string error_of(const std::function<void()>& call) {
    try {
      call();
    } catch (const Error& error) {
      EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, error.code());
      return error.what();
    }
    return "accepted";
  }

  std::unique_ptr<NodeServer> server;
  Lines lines;
};

TEST_F(SessionTest, TellsTheServiceWhoWeAreAndWhatRuns) {
  const Session session(runtime.context(), options(), to(server->url()));
  ASSERT_TRUE(lines.has("ready"));
  session.query(R"({"uuid": "a", "steps": {"z": {}, "b": {}}})");
  session.update(R"({"uuid": "a", "status": 3})");
  Page page(server->url());
  json running;
  // Session and page have a line each: whose words come first, nobody knows.
  ASSERT_TRUE(eventually([&] {
    running = page.ask("getRunningActions").at("data").value("a", json::object());
    return running.value("status", 0) == 3;
  }));
  EXPECT_EQ("h", running.at("context_metadata").at("uuid"));
  EXPECT_EQ("toy", page.ask("getConnectedDccs").at("data").at("h").at("dcc"));
  session.clear("a");
  EXPECT_TRUE(page.sees(R"(clearAction {"uuid":"a"})"));
}

TEST_F(SessionTest, KeepsTheOrderOfStepsAndCommands) {
  const Session session(runtime.context(), options(), to(server->url()));
  Lines raw;
  Connection connection(runtime.context(), to(server->url()));
  connection.join("/ui").on("actionQuery", [&](const Event& event) { raw.add(event.arguments.json()); });
  const auto joined = [&](Context) -> task<> {
    co_await connection.joined("/ui").emit_with_ack("getConnectedDccs", "[{}]", {.timeout = kLongEnough});
  };
  run(joined);
  ASSERT_TRUE(lines.has("ready"));  // before that, it would go with the introduction
  session.query(R"({"uuid":"a","steps":{"zip":{},"copy":{}},"context_metadata":{"uuid":"h"}})");
  EXPECT_TRUE(
      raw.has(R"([{"data":{"uuid":"a","steps":{"zip":{},"copy":{}},"context_metadata":{"uuid":"h"}}}])"));
}

TEST_F(SessionTest, UsersAnswer) {
  const Session session(runtime.context(), options(), to(server->url()));
  session.query(R"({"uuid": "a"})");
  ASSERT_TRUE(lines.has("ready"));
  Page page(server->url());
  ASSERT_TRUE(eventually([&] { return page.ask("getRunningActions").at("data").contains("a"); }));
  EXPECT_EQ(200, page.ask("actionUpdate", {{"uuid", "a"}, {"x", 1}}).at("status"));
  EXPECT_TRUE(lines.has(R"(update a {"uuid":"a","x":1})"));
  page.ask("undoLastCommand", {{"uuid", "a"}});
  EXPECT_TRUE(lines.has("undo a one"));
  page.ask("undoLastCommand", {{"uuid", "a"}, {"full", true}});
  EXPECT_TRUE(lines.has("undo a all"));
  page.ask("launchAction", {{"action", "render"}});
  EXPECT_TRUE(lines.has(R"(launch {"action":"render"})"));
  page.ask("launchAction", {{"action", "render"}, {"uuid", "h"}, {"parameters", {{"s:c:frames", "1-24"}}}});
  EXPECT_TRUE(lines.has(R"(launch {"action":"render","parameters":{"s:c:frames":"1-24"}})"));
  EXPECT_EQ(400, page.ask("launchAction", {{"action", "rm -rf /"}}).at("status"));
  server->command({{"room", "h"}, {"event", "query"}, {"data", {{"x", 1}}}});
  EXPECT_TRUE(lines.has(R"(query {"x":1})"));
  page.ask("clearAction", {{"uuid", "a"}});
  EXPECT_TRUE(lines.has("clear a"));
  EXPECT_THAT(error_of([&] { session.clear("a"); }), HasSubstr("no action with the uuid \"a\" is running"));
}

TEST_F(SessionTest, FillsInWhatTheContextLeavesOpen) {
  const Session session(runtime.context(), options(R"({"project": "north"})"), to(server->url()));
  const json context = json::parse(session.context());
  EXPECT_THAT(context.at("uuid").get<std::string>(),
              ::testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_EQ("standalone", context.at("dcc"));
  EXPECT_EQ("standalone", context.at("name"));
  EXPECT_EQ(getpid(), context.at("pid"));
  EXPECT_NE("", context.at("user"));
  EXPECT_EQ("north", context.at("project"));
  const Session other(runtime.context(), {}, to(server->url()));
  EXPECT_NE(context.at("uuid"), json::parse(other.context()).at("uuid"));
}

TEST_F(SessionTest, AnotherContextKeepsTheUuid) {
  const Session session(runtime.context(), options(), to(server->url()));
  ASSERT_TRUE(lines.has("ready"));
  Page page(server->url());
  session.set_context(R"({"task": "rig"})");
  const json context = json::parse(session.context());
  EXPECT_EQ("h", context.at("uuid"));
  EXPECT_TRUE(eventually([&] { return page.ask("getConnectedDccs").at("data").at("h") == context; }));
  EXPECT_EQ("the context's uuid stays \"h\" as long as the session",
            error_of([&] { session.set_context(R"({"uuid": "other"})"); }));
  EXPECT_EQ(context, json::parse(session.context()));
}

TEST_F(SessionTest, RefusesWhatIsWrongAndChangesNothing) {
  const Session session(runtime.context(), options(), to(server->url()));
  EXPECT_THAT(error_of([&] { session.query("{"); }), HasSubstr("the action is malformed at byte 1"));
  EXPECT_EQ("the action is of the JSON type array: it must be an object",
            error_of([&] { session.query("[]"); }));
  EXPECT_THAT(error_of([&] { session.query("{}"); }), HasSubstr("\"uuid\" that is a text"));
  EXPECT_THAT(error_of([&] { session.query(R"({"uuid": "a", "context_metadata": {}})"); }),
              HasSubstr("needs \"context_metadata\" with the context's uuid"));
  EXPECT_THAT(error_of([&] { session.update(R"({"uuid": "a"})"); }), HasSubstr("begin it with query()"));
  EXPECT_THAT(error_of([&] { session.set_context("3"); }), HasSubstr("it must be an object"));
  EXPECT_THAT(error_of([&] { const Session none(runtime.context(), options(R"({"uuid": 3})")); }),
              HasSubstr("silex_session_options: the context needs to be an object with a \"uuid\""));
  EXPECT_THAT(error_of([&] { const Session none(runtime.context(), {.auth = "1"}); }),
              HasSubstr("silex_session_options.auth"));
}

TEST_F(SessionTest, ItsNamespacesAndItsEventsAreItsOwn) {
  const Session session(runtime.context(), options(), to(server->url()));
  EXPECT_THAT(error_of([&] { session.connection().leave("/dcc"); }), HasSubstr("the session's"));
  EXPECT_THAT(error_of([&] { static_cast<void>(session.connection().join("/dcc/action")); }),
              HasSubstr("the session's"));
  EXPECT_THAT(error_of([&] { session.actions().on("undo", [](const Event&) {}); }),
              HasSubstr("the event \"undo\" on /dcc/action is the session's"));
  EXPECT_THAT(error_of([&] { session.actions().on("launch", [](const Event&) {}); }),
              HasSubstr("the event \"launch\" on /dcc/action is the session's"));
}

TEST_F(SessionTest, OtherEventsGoBothWays) {
  const Session session(runtime.context(), options(), to(server->url()));
  session.actions().on("mine", [&](const Event& event) { lines.add("mine " + event.arguments.json()); });
  ASSERT_TRUE(lines.has("ready"));
  server->command({{"room", "h"}, {"event", "mine"}, {"data", {{"x", 1}}}});
  EXPECT_TRUE(lines.has(R"(mine [{"x":1}])"));
  Page page(server->url());
  page.ask("getConnectedDccs");
  session.front_event().emit("progress", R"([{"type": "mine", "name": "n"}])");
  EXPECT_TRUE(page.sees("frontEvent mine n"));
}

TEST_F(SessionTest, AfterTheServiceCameBackItKnowsAllAgain) {
  const Session session(runtime.context(), options(), to(server->url()));
  session.query(R"({"uuid": "a", "status": 1})");
  ASSERT_TRUE(lines.has("ready"));
  server->kill();
  ASSERT_TRUE(eventually([&] {
    const auto all = lines.wait_for(1);
    return std::any_of(all.begin(), all.end(),
                       [](const std::string& line) { return line.starts_with("disconnected"); });
  }));
  session.update(R"({"uuid": "a", "status": 3})");
  server->restart();
  Page page(server->url());
  EXPECT_TRUE(eventually([&] {
    const json running = page.ask("getRunningActions").at("data");
    return running.contains("a") && running.at("a").at("status") == 3;
  }));
}

TEST_F(SessionTest, NoHandlerIsCalledOnceItHasGone) {
  std::atomic<bool> gone{false};
  for (int i = 0; i < 20; ++i) {
    gone = false;
    SessionOptions told;
    told.on_state = [&](const SessionState&) { EXPECT_FALSE(gone); };
    {
      const Session session(runtime.context(), told, to(server->url()));
      session.query(R"({"uuid": "a"})");
    }
    gone = true;
  }
  runtime.stop();
}

// The loop and the host's main thread are both held: neither the connection nor an update is lost, and the
// user is told who is to blame, and of the host's end.
TEST_F(SessionTest, GoesOnWhileLoopAndMainThreadAreHeld) {
  const auto held_for = in_full ? 60s : 3s;
  toy_host_reset(false);
  Runtime host({.loop_stall = 50ms, .host_busy = 50ms, .adapter_path = SILEX_TOY_ADAPTER_FOLDER});
  host.choose_adapter("toy");
  host.start();
  const Session session(host.context(), options(), to(server->url()));
  session.query(R"({"uuid": "a"})");
  ASSERT_TRUE(lines.has("ready"));
  Page page(server->url());
  page.ask("getConnectedDccs");

  std::promise<void> release;
  const auto hold = [until = release.get_future().share()](Context) -> task<> {
    until.wait();
    co_return;
  };
  auto holder = host.spawn("export of the rig", hold);
  silex_work work{};
  work.size = sizeof work;
  work.run = [](void*, const silex_scope*) -> silex_status { return SILEX_OK; };
  ASSERT_EQ(SILEX_OK, silex_defer(host.handle(), &work, nullptr));
  EXPECT_TRUE(page.sees("frontEvent loopStalled export of the rig"));
  EXPECT_TRUE(page.sees("frontEvent hostBusy "));
  const auto end = std::chrono::steady_clock::now() + held_for;
  int updates = 0;
  while (std::chrono::steady_clock::now() < end) {  // on the main thread, which draws no frame
    session.update(json{{"uuid", "a"}, {"n", ++updates}}.dump());
    EXPECT_EQ(200, page.ask("getConnectedDccs").at("status"));
  }
  EXPECT_TRUE(
      eventually([&] { return page.ask("getRunningActions").at("data").at("a").value("n", 0) == updates; }));
  EXPECT_EQ(1u, session.connection().statistics().connections);

  release.set_value();
  std::thread user([&] {
    EXPECT_TRUE(page.sees("frontEvent loopResumed export of the rig"));
    EXPECT_TRUE(page.sees("frontEvent hostResponsive "));
    toy_host_quit();
  });
  toy_host_run();
  user.join();
  EXPECT_TRUE(page.sees("frontEvent hostGone toy"));
  EXPECT_TRUE(page.sees(R"(dccDisconnect {"uuid":"h"})"));
  holder.get();
}

// What holds the loop is seen while it holds it, with its name, and so is what a worker does.
TEST_F(SessionTest, UsersAreToldWhatTheThreadsAreBusyWith) {
  const Session session(runtime.context(), options(), to(server->url()));
  ASSERT_TRUE(lines.has("ready"));
  Lines names;
  Connection connection(runtime.context(), to(server->url()));
  Runtime observer;
  observer.start();
  const Connection page(observer.context(), to(server->url()));
  page.join("/ui").on("frontEvent", [&](const Event& event) {
    const json told = json::parse(event.arguments.json()).at(0);
    if (told.value("type", "") != "metrics") return;
    EXPECT_EQ("h", told.at("uuid"));
    const double seconds = told.at("seconds");
    EXPECT_LE(told.at("loop").at("busy").get<double>(), seconds + 1e-3);
    for (const char* const lane : {"loop", "workers"}) {
      for (const json& task : told.at(lane).at("tasks")) {
        if (task.at("busy") > 0) names.add(std::string(lane) + " " + task.at("name").get<std::string>());
      }
    }
  });
  std::promise<void> release;
  auto holder = runtime.spawn("holds", [until = release.get_future().share()](Context) -> task<> {
    until.wait();
    co_return;
  });
  EXPECT_TRUE(names.has("loop holds"));
  std::promise<void> end;
  auto worker = runtime.spawn("hashes", [until = end.get_future().share()](Context ctx) -> task<> {
    co_await ctx.worker([&] { until.wait(); });
  });
  release.set_value();
  EXPECT_TRUE(names.has("workers hashes"));
  end.set_value();
  holder.get();
  worker.get();
}

// The functions of session.h as a C program sees them.
TEST_F(SessionTest, InCEachFunctionRefusesAConnectionWithoutASession) {
  auto* const handle = runtime.handle();
  silex_id id = 0;
  silex_connection_options raw{};
  raw.size = sizeof raw;
  const std::string url = server->url();
  raw.url = url.c_str();
  EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_session_begin(handle, 12345, nullptr));
  ASSERT_EQ(SILEX_OK, silex_connection_open(handle, &raw, &id));
  EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_session_query(handle, id, "{}"));
  EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_session_update(handle, id, "{}"));
  EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_session_clear(handle, id, "a"));
  EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_session_set_context(handle, id, "{}"));
  EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_session_context(handle, id, nullptr, 0, nullptr));
  EXPECT_STREQ("the connection has no session: call silex_session_begin() first",
               silex_last_error()->message);

  silex_session_options session{};
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_session_begin(handle, id, &session));
  session.size = sizeof session;
  session.reserved = 1;
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_session_begin(handle, id, &session));
  EXPECT_EQ(SILEX_OK, silex_session_begin(handle, id, nullptr));
  EXPECT_EQ(SILEX_ERROR_BUSY, silex_session_begin(handle, id, nullptr));
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_session_query(handle, id, nullptr));
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, silex_session_clear(handle, id, nullptr));
}

// What the service said when it was joined, its limit above all, holds for who comes later.
TEST_F(SessionTest, ThatBeginsOnAConnectionThatIsUpKeepsToTheServicesLimit) {
  const NodeServer small(json{{"maxHttpBufferSize", 10'000}}, "silex_service.js");
  Lines states;
  auto to_small = to(small.url());
  to_small.on_state = [&](const ConnectionState& state) { states.add(describe(state)); };
  const Connection connection(runtime.context(), to_small);
  ASSERT_TRUE(states.has("joined /"));
  silex_session_options raw{};
  raw.size = sizeof raw;
  raw.context = R"({"uuid": "h"})";
  ASSERT_EQ(SILEX_OK, silex_session_begin(runtime.handle(), connection.id(), &raw));
  json large{{"uuid", "a"}, {"context_metadata", {{"uuid", "h"}}}};
  for (int i = 0; i < 300; ++i) {
    large["steps"]["s"]["commands"]["c" + std::to_string(i)] = {{"logs", {std::string(100, 'x')}}};
  }
  ASSERT_EQ(SILEX_OK, silex_session_query(runtime.handle(), connection.id(), large.dump().c_str()));
  Page page(small.url());
  EXPECT_TRUE(
      eventually([&] { return page.ask("getRunningActions").at("data").value("a", json()) == large; }));
}

TEST_F(SessionTest, InCTheContextIsCutOffWhereItIsTooLong) {
  auto* const handle = runtime.handle();
  const Session session(runtime.context(), options(), to(server->url()));
  std::string text(10, '?');
  std::uint64_t length = 0;
  ASSERT_EQ(SILEX_OK, silex_session_context(handle, session.connection().id(), text.data(), 10, &length));
  EXPECT_EQ(R"({"uuid":")", text.substr(0, 9));
  EXPECT_EQ('\0', text[9]);
  EXPECT_EQ(session.context().size(), length);
  EXPECT_EQ(SILEX_OK, silex_session_context(handle, session.connection().id(), text.data(), 0, nullptr));
}

TEST_F(SessionTest, InCWhatIsHandedInIsReleasedOnceWhenTheConnectionHasClosed) {
  std::atomic<int> released{0};
  silex_session_options raw{};
  raw.size = sizeof raw;
  raw.data = &released;
  raw.release = [](void* data) { ++*static_cast<std::atomic<int>*>(data); };
  const auto begin = [&](const char* context) {
    silex_connection_options connection{};
    connection.size = sizeof connection;
    connection.url = "ws://127.0.0.1:1";
    silex_id id = 0;
    EXPECT_EQ(SILEX_OK, silex_connection_open(runtime.handle(), &connection, &id));
    raw.context = context;
    return silex_session_begin(runtime.handle(), id, &raw);
  };
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, begin("[]"));
  EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, begin(R"({"uuid": 1})"));
  EXPECT_EQ(SILEX_OK, begin(nullptr));
  EXPECT_EQ(0, released);
  runtime.stop();
  EXPECT_EQ(1, released);
}

}  // namespace
}  // namespace silex::test
