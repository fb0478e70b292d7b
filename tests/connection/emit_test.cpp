// Emitting from tasks and from other threads, and every way in which an acknowledgement can fail to come.
#include "connection_test.hpp"

#include <thread>

namespace silex::test {
namespace {

using Emit = ConnectionTest;
using net::test::NodeServer;

TEST_F(Emit, AwaitsTheAcknowledgement) {
  NodeServer server;
  const Connection connection(runtime.context(), to(server.url()));
  const auto root = connection.root();
  const std::string answer = run([&](Context) -> task<std::string> {
    const auto reply = co_await root.emit_with_ack("echo", R"([1, "two", {"three": [3.5, null, true]}])",
                                                   {.timeout = kLongEnough});
    co_return reply.json();
  });
  EXPECT_EQ(R"([1,"two",{"three":[3.5,null,true]}])", answer);
}

TEST_F(Emit, CarriesBinaryBothWays) {
  NodeServer server;
  const Connection connection(runtime.context(), to(server.url()));
  const auto root = connection.root();
  const std::string bytes("\0\xff\x01 png", 7);
  const Arguments sent(R"([{"_placeholder":true,"num":1},"and",{"_placeholder":true,"num":0}])",
                       {"first", bytes});
  const Arguments back = run([&](Context) -> task<Arguments> {
    co_return co_await root.emit_with_ack("echo", sent, {.timeout = kLongEnough});
  });
  // Numbered in the order in which they stand.
  EXPECT_EQ(R"([{"_placeholder":true,"num":0},"and",{"_placeholder":true,"num":1}])", back.json());
  EXPECT_THAT(back.attachments(), ElementsAre(bytes, "first"));
}

TEST_F(Emit, RunsManyAtOnceAndKeepsTheirOrder) {
  NodeServer server;
  const Connection connection(runtime.context(), to(server.url()));
  const auto root = connection.root();
  const auto answers = run([&](Context) -> task<std::vector<std::string>> {
    std::vector<task<std::string>> asked;
    for (int i = 0; i < 100; ++i) {
      asked.push_back([](const Namespace& to, int number) -> task<std::string> {
        const auto reply =
            co_await to.emit_with_ack("echo", "[" + std::to_string(number) + "]", {.timeout = kLongEnough});
        co_return reply.json();
      }(root, i));
    }
    co_return co_await when_all(std::move(asked));
  });
  ASSERT_EQ(100u, answers.size());
  for (std::size_t i = 0; i < answers.size(); ++i) EXPECT_EQ("[" + std::to_string(i) + "]", answers[i]);
}

TEST_F(Emit, WorksFromAnyThread) {
  NodeServer server;
  Lines pushed;
  const Connection connection(runtime.context(), to(server.url()));
  const auto root = connection.root();
  root.on("pushed", [&](const Event& event) { pushed.add(event.arguments.json()); });
  std::thread([&] { root.emit("push", "[3]"); }).join();
  EXPECT_THAT(pushed.wait_for(3), ElementsAre("[0]", "[1]", "[2]"));
}

TEST_F(Emit, WhatWasEmittedWhileTheServiceIsAwayIsSentWhenItIsBack) {
  NodeServer server;
  Lines states;
  auto options = to(server.url());
  options.on_state = [&](const ConnectionState& state) { states.add(describe(state)); };
  const Connection connection(runtime.context(), options);
  const auto root = connection.root();
  ASSERT_TRUE(states.has("joined /"));
  server.kill();
  ASSERT_TRUE(states.has("disconnected"));
  auto answer = runtime.spawn("ask", [&](Context) -> task<std::string> {
    const EmitOptions patient{.timeout = kLongEnough};
    const auto reply = co_await root.emit_with_ack("echo", R"(["still here"])", patient);
    co_return reply.json();
  });
  server.restart();
  EXPECT_EQ(R"(["still here"])", answer.get());
}

TEST_F(Emit, TimesOutWhereNobodyAnswers) {
  NodeServer server;
  const Connection connection(runtime.context(), to(server.url()));
  const auto root = connection.root();
  const auto ask = [&](Context) -> task<> {
    co_await root.emit_with_ack("nobody listens to this", "[]", {.timeout = 50ms});
  };
  EXPECT_THROW(run(ask), TimedOut);
}

TEST_F(Emit, ACancelledTaskNoLongerWaits) {
  NodeServer server;
  Lines asked;
  const Connection connection(runtime.context(), to(server.url()));
  const auto root = connection.root();
  auto waiting = runtime.spawn("ask", [&](Context) -> task<> {
    asked.add("yes");
    co_await root.emit_with_ack("nobody listens to this", "[]", {.timeout = 600s});
  });
  asked.wait_for(1);
  waiting.cancel();
  EXPECT_THROW(waiting.get(), Cancelled);
}

TEST_F(Emit, OfWhatIsNotKeptSaysThatItWasNotSent) {
  const Connection connection(runtime.context(), to("ws://127.0.0.1:1"));
  const auto root = connection.root();
  const auto ask = [&](Context) -> task<> {
    co_await root.emit_with_ack("progress", "[]", {.flags = SILEX_EMIT_DROP});
  };
  const Error error = failure_of(ask);
  EXPECT_EQ(SILEX_ERROR_NOT_SENT, error.code());
  EXPECT_THAT(error.what(), HasSubstr("its namespace is not connected"));
}

TEST_F(Emit, TheLatestOfAKeyTakesThePlaceOfEarlierOnes) {
  const Connection connection(runtime.context(), to("ws://127.0.0.1:1"));
  const auto root = connection.root();
  for (int i = 0; i < 10; ++i) {
    root.emit("progress", "[" + std::to_string(i) + "]", {.flags = SILEX_EMIT_LATEST, .key = "copy"});
  }
  const auto ask = [&](Context) -> task<> {  // behind them
    co_await root.emit_with_ack("other", "[]", {.timeout = 1ms});
  };
  EXPECT_THROW(run(ask), TimedOut);
  EXPECT_EQ(9u, connection.statistics().replaced);
  EXPECT_EQ(2u, connection.statistics().waiting);
}

TEST_F(Emit, ABrokenConnectionEndsTheWaitOfWhatWasSent) {
  NodeServer server;
  Lines states;
  auto options = to(server.url());
  options.on_state = [&](const ConnectionState& state) { states.add(describe(state)); };
  const Connection connection(runtime.context(), options);
  const auto root = connection.root();
  const auto ask = [&](Context) -> task<> {
    // The server cuts the line when it reads this.
    co_await root.emit_with_ack("cut", "[]", {.timeout = 600s});
  };
  ASSERT_TRUE(states.has("joined /"));
  const Error error = failure_of(ask);
  EXPECT_EQ(SILEX_ERROR_DISCONNECTED, error.code());
  EXPECT_THAT(error.what(), HasSubstr("before \"cut\" on / was acknowledged"));
}

TEST_F(Emit, RefusesWhatIsNoArgumentsBeforeAnythingIsSent) {
  const Connection connection(runtime.context(), to("ws://127.0.0.1:1"));
  const auto root = connection.root();
  const auto refusal = [&](const std::string& name, const Arguments& arguments) -> std::string {
    try {
      root.emit(name, arguments);
    } catch (const Error& error) {
      EXPECT_EQ(SILEX_ERROR_INVALID_ARGUMENT, error.code());
      return error.what();
    }
    return "accepted";
  };
  EXPECT_THAT(refusal("event", "[1, 2"), HasSubstr("silex_emission.arguments.json is malformed at byte 5"));
  EXPECT_EQ("silex_emission.arguments.json is of the JSON type object: it must be an array",
            refusal("event", "{}"));
  EXPECT_THAT(refusal("event", Arguments(R"([{"_placeholder":true,"num":7}])", {"one"})),
              HasSubstr("silex_emission.arguments"));
  EXPECT_EQ("silex_emission.name is \"connect\", which Socket.IO keeps for itself: take another one",
            refusal("connect", "[]"));
  EXPECT_EQ(0u, connection.statistics().emitted);
}

}  // namespace
}  // namespace silex::test
