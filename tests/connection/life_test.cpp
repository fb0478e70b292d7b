// From open to close: with the runtime, alone, many of them, held by nothing.
#include "connection_test.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <latch>
#include <thread>

#include <unistd.h>

namespace silex::test {
namespace {

using ConnectionLife = ConnectionTest;
using net::test::NodeServer;

TEST_F(ConnectionLife, EndsWithItsRunAndTellsWhoeverWaits) {
  NodeServer server;
  Lines states;
  auto options = to(server.url());
  options.flush = 1ms;
  options.on_state = [&](const ConnectionState& state) { states.add(describe(state)); };
  const Connection connection(runtime.context(), options);
  const auto root = connection.root();
  ASSERT_TRUE(states.has("joined /"));
  auto waiting = runtime.spawn("ask", [&](Context) -> task<> {
    co_await root.emit_with_ack("nobody listens to this", "[]", {.timeout = 600s});
  });
  runtime.stop();
  EXPECT_THROW(waiting.get(), Error);
  EXPECT_EQ("closed", states.wait_for(3).back());
  EXPECT_THROW(root.emit("echo"), HostGone);
}

TEST_F(ConnectionLife, ARunMayFollowAnother) {
  NodeServer server;
  for (int round = 0; round < 3; ++round) {
    const Connection connection(runtime.context(), to(server.url()));
    const auto root = connection.root();
    const auto ask = [&](Context) -> task<std::string> {
      const auto reply = co_await root.emit_with_ack("echo", "[7]", {.timeout = kLongEnough});
      co_return reply.json();
    };
    EXPECT_EQ("[7]", run(ask));
    runtime.stop();
    runtime.start();
  }
}

TEST_F(ConnectionLife, WhatMustArriveArrivesBeforeTheClose) {
  NodeServer server;
  const Connection listener(runtime.context(), to(server.url()));
  const auto ears = listener.root();
  {
    Lines states;
    auto options = to(server.url());
    options.on_state = [&](const ConnectionState& state) { states.add(describe(state)); };
    const Connection connection(runtime.context(), options);
    ASSERT_TRUE(states.has("joined /"));
    connection.root().emit("update", R"([{"uuid": "a", "id": 1, "values": {"frame": 24}}])",
                           {.flags = SILEX_EMIT_AT_LEAST_ONCE});
  }
  // Whether the other connection's last words came before: asked for until they did.
  const auto report = run([&](Context ctx) -> task<std::string> {
    for (int i = 0; i < 1000; ++i) {
      const auto reply = co_await ears.emit_with_ack("report", "[]", {.timeout = kLongEnough});
      if (reply.json().find(R"("frame":24)") != std::string::npos) co_return reply.json();
      co_await ctx.sleep(1ms);
    }
    co_return "";
  });
  EXPECT_THAT(report, HasSubstr(R"("state":{"a":{"frame":24}})"));
}

TEST_F(ConnectionLife, StaysConnectedWhileTheLoopIsHeld) {
  NodeServer server(nlohmann::json{{"pingInterval", 50}, {"pingTimeout", 1500}});
  Lines states;
  auto options = to(server.url());
  options.on_state = [&](const ConnectionState& state) { states.add(describe(state)); };
  std::latch let_go(1);
  const Connection connection(runtime.context(), options);
  const auto root = connection.root();
  ASSERT_TRUE(states.has("joined /"));
  auto holding = runtime.spawn("hold", [&](Context) -> task<> {
    let_go.wait();
    co_return;
  });
  // Longer than the server, which has a clock of its own, waits for a sign of life.
  std::this_thread::sleep_for(2500ms);
  EXPECT_EQ(1u, connection.statistics().connections);
  let_go.count_down();
  holding.get();
  const auto ask = [&](Context) -> task<std::string> {
    const auto reply = co_await root.emit_with_ack("echo", "[7]", {.timeout = kLongEnough});
    co_return reply.json();
  };
  EXPECT_EQ("[7]", run(ask));
  EXPECT_THAT(states.wait_for(2), ElementsAre("connected", "joined /"));
}

TEST_F(ConnectionLife, AHandlerThatHoldsTheLoopIsNamed) {
  NodeServer server;
  Lines told;
  RuntimeOptions options;
  options.loop_stall = 20ms;
  options.log = [](silex_log_level, std::string_view) {};
  options.events = [&](const silex_event& event) {
    if (event.kind == SILEX_EVENT_LOOP_STALLED) told.add(event.name);
  };
  Runtime watched(options);
  watched.start();
  std::latch let_go(1);
  const Connection connection(watched.context(), to(server.url()));
  const auto root = connection.root();
  root.on("pushed", [&](const Event&) { let_go.wait(); });
  root.emit("push", "[1]");
  EXPECT_TRUE(told.has("connection to " + server.url()));
  let_go.count_down();
}

TEST_F(ConnectionLife, AWrongUrlIsRefusedAtOnce) {
  try {
    const Connection connection(runtime.context(), {.url = "mailto:somebody"});
    FAIL() << "it was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, error.code());
    EXPECT_THAT(error.what(), HasSubstr("mailto:somebody"));
  }
}

TEST_F(ConnectionLife, WhatItsOptionsLeaveOpenIsConfigured) {
  NodeServer server;
  const std::string file = ::testing::TempDir() + "silex_connection_" + std::to_string(getpid()) + ".yml";
  std::ofstream(file) << "service: {url: \"" << server.url() << "\"}\noutbox: {events: 2}\n";
  RuntimeOptions options;
  options.config_file = file;
  options.log = [](silex_log_level, std::string_view) {};
  Runtime configured(options);
  std::filesystem::remove(file);
  configured.start();
  Lines states;
  ConnectionOptions quiet;
  quiet.on_state = [&](const ConnectionState& state) { states.add(describe(state)); };
  const Connection connection(configured.context(), quiet);
  EXPECT_TRUE(states.has("joined /"));
  server.kill();
  ASSERT_TRUE(states.has("disconnected"));
  const auto root = connection.root();
  for (int i = 0; i < 3; ++i) root.emit("kept");
  EXPECT_TRUE(eventually([&] {
    const auto now = connection.statistics();
    return now.dropped == 1 && now.waiting == 2;
  }));
}

TEST_F(ConnectionLife, ManyShareOneNetThread) {
  NodeServer server;
  Lines states;
  auto options = to(server.url());
  options.on_state = [&](const ConnectionState& state) {
    if (state.kind == SILEX_CONNECTION_JOINED) states.add("joined");
  };
  std::vector<std::unique_ptr<Connection>> connections;
  for (int i = 0; i < 20; ++i) {
    connections.push_back(std::make_unique<Connection>(runtime.context(), options));
  }
  EXPECT_EQ(20u, states.wait_for(20).size());
}

// Some hosts never tell their plug-ins that they go.
TEST_F(ConnectionLife, AHostMayExitWhileItsConnectionsComeAndGo) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  NodeServer server;
  const auto exit_as_a_host = [&] {
    Lines states;
    auto options = to(server.url());
    options.on_state = [&](const ConnectionState& state) { states.add(describe(state)); };
    const Connection up(runtime.context(), options);
    const Connection refused(runtime.context(),
                             {.url = "http://127.0.0.1:1", .backoff_first = 1ms, .backoff_longest = 1ms});
    static_cast<void>(states.has("joined /"));
    std::exit(7);
  };
  EXPECT_EXIT(exit_as_a_host(), testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace silex::test
