// What comes in: events, namespaces, replies.
#include "connection_test.hpp"

namespace silex::test {
namespace {

using Listen = ConnectionTest;
using net::test::NodeServer;

TEST_F(Listen, HandlersRunOnTheLoop) {
  NodeServer server;
  Lines heard;
  const Connection connection(runtime.context(), to(server.url()));
  const auto root = connection.root();
  root.on("pushed", [&, ctx = runtime.context()](const Event& event) {
    heard.add(event.name + event.arguments.json() +
              (ctx.current_thread() == SILEX_THREAD_LOOP ? " on the loop" : " elsewhere"));
  });
  root.emit("push", "[1]");
  EXPECT_THAT(heard.wait_for(1), ElementsAre("pushed[0] on the loop"));
}

TEST_F(Listen, AReplyReachesWhoeverAsked) {
  NodeServer server;
  const Connection connection(runtime.context(), to(server.url()));
  const auto root = connection.root();
  root.on("question", [](const Event& event) {
    ASSERT_TRUE(event.wants_reply());
    event.reply(R"(["to )" + event.arguments.json().substr(2, 7) + R"(: 42"])");
    EXPECT_THROW(event.reply("[]"), Error) << "it is given once";
  });
  const std::string answer = run([&](Context) -> task<std::string> {
    const auto reply = co_await root.emit_with_ack("ask", R"(["6 by 7?"])", {.timeout = kLongEnough});
    co_return reply.json();
  });
  EXPECT_EQ(R"(["to 6 by 7?: 42"])", answer);
}

TEST_F(Listen, TheEmptyNameHearsWhatNobodyElseDoes) {
  NodeServer server;
  Lines heard;
  const Connection connection(runtime.context(), to(server.url()));
  const auto root = connection.root();
  root.on("", [&](const Event& event) { heard.add("other: " + event.name); });
  root.on("pushed", [&](const Event& event) { heard.add(event.name); });
  root.emit("push", "[1]");
  EXPECT_THAT(heard.wait_for(1), ElementsAre("pushed"));
  root.off("pushed");
  root.emit("push", "[1]");
  EXPECT_THAT(heard.wait_for(2), ElementsAre("pushed", "other: pushed"));
}

TEST_F(Listen, NamespacesAreApart) {
  NodeServer server;
  Lines heard;
  const Connection connection(runtime.context(), to(server.url()));
  const auto dcc = connection.join("/dcc", R"({"token": "secret"})");
  dcc.on("pushed", [&](const Event& event) { heard.add(event.nsp); });
  connection.root().on("pushed", [&](const Event& event) { heard.add(event.nsp); });
  dcc.emit("push", "[1]");
  EXPECT_THAT(heard.wait_for(1), ElementsAre("/dcc"));
  const std::string who = run([&](Context) -> task<std::string> {
    const auto reply = co_await dcc.emit_with_ack("whoami", "[]", {.timeout = kLongEnough});
    co_return reply.json();
  });
  EXPECT_THAT(who, HasSubstr(R"("auth":{"token":"secret"})"));
}

TEST_F(Listen, ARefusedNamespaceIsToldInTheServicesOwnWords) {
  NodeServer server;
  Lines states;
  auto options = to(server.url());
  options.on_state = [&](const ConnectionState& state) {
    if (state.kind == SILEX_CONNECTION_REFUSED) states.add(state.nsp + ": " + state.message);
  };
  const Connection connection(runtime.context(), options);
  static_cast<void>(connection.join("/refused"));
  EXPECT_EQ("/refused: only artists of this show may come in", states.wait_for(1).at(0));
}

TEST_F(Listen, AHandlerThatThrowsIsLoggedAndTheNextEventComes) {
  NodeServer server;
  Lines heard;
  const Connection connection(runtime.context(), to(server.url()));
  const auto root = connection.root();
  root.on("pushed", [&](const Event& event) {
    heard.add(event.arguments.json());
    if (event.arguments.json() == "[0]") throw std::runtime_error("no such shot");
  });
  root.emit("push", "[2]");
  EXPECT_THAT(heard.wait_for(2), ElementsAre("[0]", "[1]"));
  EXPECT_TRUE(log.has("the handler of \"pushed\" threw: no such shot"));
}

}  // namespace
}  // namespace silex::test
