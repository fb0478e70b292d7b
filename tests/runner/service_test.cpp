// Actions and the Silex service: what it stores is what we have, and users' wishes arrive.
#include "runner_fixture.hpp"

namespace silex::test {
namespace {

using net::test::NodeServer;

class Service : public RunnerTest {
 protected:
  void SetUp() override {
    if (!NodeServer::available()) GTEST_SKIP() << "npm's socket.io is not there: run tests/peers/setup.sh";
    RunnerTest::SetUp();
    server = std::make_unique<NodeServer>(nlohmann::json::object(), "silex_service.js");
    SessionOptions options;
    options.context = R"({"uuid": "h", "dcc": "toy", "project": "north"})";
    options.on_update = [this](const std::string& uuid, const std::string&) { log.add("left over " + uuid); };
    session = std::make_unique<Session>(runtime.context(), options, to(server->url()));
    page_runtime.start();
    page = std::make_unique<Connection>(page_runtime.context(), to(server->url()));
    ui = std::make_unique<Namespace>(page->join("/ui"));
  }
  static ConnectionOptions to(const std::string& url) {
    ConnectionOptions options;
    options.url = url;
    options.backoff_first = 20ms;
    return options;
  }
  json ask(const std::string& name, const json& data = json::object()) {
    const auto question = [&](Context) -> task<std::string> {
      const std::string arguments = json::array({data}).dump();
      const Arguments answer = co_await ui->emit_with_ack(name, arguments, {.timeout = kLongEnough});
      co_return answer.json();
    };
    return json::parse(page_runtime.spawn("ask", question).get()).at(0);
  }
  json stored(const std::string& uuid) {
    const json actions = ask("getRunningActions")["data"];
    return actions.contains(uuid) ? actions[uuid] : json();
  }
  ActionOptions shown() const {
    ActionOptions options;
    options.session = session.get();
    return options;
  }
  // Whether the service comes to have what we have.
  bool agrees(const Action& action) {
    const std::string uuid = action.read()["uuid"];
    return eventually([&] {
      json theirs = stored(uuid);
      if (!theirs.is_object()) return false;
      forget_hidden(theirs);
      return nlohmann::json(theirs) == nlohmann::json(action.read());
    });
  }
  static void forget_hidden(json& action) {
    erase_hidden(action["steps"]);
    for (auto& [name, step] : action["steps"].items()) erase_hidden(step["commands"]);
  }
  static void erase_hidden(json& parts) {
    for (auto part = parts.begin(); part != parts.end();) {
      part = (*part)["hide"] == true ? parts.erase(part) : std::next(part);
    }
  }

  std::unique_ptr<NodeServer> server;
  std::unique_ptr<Session> session;
  Runtime page_runtime;
  std::unique_ptr<Connection> page;
  std::unique_ptr<Namespace> ui;
};

TEST_F(Service, HasTheActionAsWeHaveIt) {
  define_commands("progress", {"a: {path: test.Progress}", "b: {path: test.Trace, hide: true}",
                               "c: {path: test.Metadata}"});
  const auto action = open("progress", shown());
  const std::string uuid = action->read()["uuid"];
  EXPECT_TRUE(agrees(*action));
  EXPECT_EQ(action->execute().wait().end, SILEX_ACTION_COMPLETED);
  EXPECT_TRUE(agrees(*action));
  EXPECT_EQ(stored(uuid)["status"], kCompleted);
  EXPECT_EQ(stored(uuid)["context_metadata"]["project"], "north");
}

TEST_F(Service, ForgetsAnActionThatIsClosed) {
  define_commands("fine", {"a: {path: test.Trace}"});
  auto action = open("fine", shown());
  const std::string uuid = action->read()["uuid"];
  EXPECT_TRUE(agrees(*action));
  action.reset();
  EXPECT_TRUE(eventually([&] { return stored(uuid).is_null(); }));
}

TEST_F(Service, AUserAnswersAPrompt) {
  define_commands("need", {"a: {path: test.Need}"});
  const auto action = open("need", shown());
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  EXPECT_TRUE(agrees(*action));
  // As the user's page does: the whole action, with the values filled in.
  json answer = stored(action->read()["uuid"]);
  answer["steps"]["step"]["commands"]["a"]["parameters"]["value"]["value"] = 5;
  answer["steps"]["step"]["commands"]["a"]["ask_user"] = false;
  EXPECT_EQ(ask("actionUpdate", answer)["status"], 200);
  EXPECT_EQ(run.wait().outputs["step"]["a"], 5);
  EXPECT_TRUE(agrees(*action));
}

TEST_F(Service, KnowsAMappingAsItIsAfterAnAnswerAndAfterItWasSet) {
  define_commands("need", {"a: {path: test.Need, parameters: {anything: {value: {a: 1}}}}"});
  const auto action = open("need", shown());
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  ASSERT_TRUE(agrees(*action));
  json answer = answer_to("a", {{"anything", {{"b", 2}}}, {"value", 5}});
  answer["uuid"] = action->read()["uuid"];
  EXPECT_EQ(ask("actionUpdate", answer)["status"], 200);
  run.wait();
  EXPECT_TRUE(agrees(*action));
  action->set("anything", {{"c", 3}});
  const auto is_set = [&] {
    return command(*action, "a")["parameters"]["anything"]["value"] == json{{"c", 3}};
  };
  EXPECT_TRUE(eventually(is_set));
  EXPECT_TRUE(agrees(*action));
}

TEST_F(Service, AUserUndoesOneAndAll) {
  define_commands("undo", {"a: {path: test.Trace, parameters: {text: a}}",
                           "b: {path: test.Trace, parameters: {text: b}}"});
  const auto action = open("undo", shown());
  const std::string uuid = action->read()["uuid"];
  action->execute().wait();
  EXPECT_TRUE(agrees(*action));
  json wish{{"uuid", uuid}};
  EXPECT_EQ(ask("undoLastCommand", wish)["status"], 200);
  EXPECT_TRUE(becomes(*action, "b", kInitialized));
  wish["full"] = true;
  EXPECT_EQ(ask("undoLastCommand", wish)["status"], 200);
  EXPECT_TRUE(becomes(*action, "a", kInitialized));
  EXPECT_THAT(traced(), ElementsAre("do a", "do b", "undo b", "undo a"));
  EXPECT_TRUE(agrees(*action));
}

TEST_F(Service, AUserCancels) {
  define_commands("long", {"a: {path: test.Trace, parameters: {hang: true}}"});
  const auto action = open("long", shown());
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kProcessing));
  EXPECT_TRUE(agrees(*action));
  EXPECT_EQ(ask("clearAction", {{"uuid", action->read()["uuid"]}})["status"], 200);
  EXPECT_EQ(run.wait().end, SILEX_ACTION_CANCELLED);
  EXPECT_TRUE(stored(action->read()["uuid"]).is_null());
}

TEST_F(Service, InBatchNothingIsShown) {
  define_commands("fine", {"a: {path: test.Trace}"});
  ActionOptions options = shown();
  options.batch = true;
  const auto action = open("fine", options);
  const auto other = open("fine", shown());
  EXPECT_TRUE(agrees(*other));
  EXPECT_TRUE(stored(action->read()["uuid"]).is_null());
}

TEST_F(Service, KnowsInsertedStepsAndForgetsThemWithTheUndo) {
  define_commands("inner", {"x: {path: test.Trace, parameters: {text: x}}"});
  define_commands("outer", {"a: {path: silex.InsertAction, parameters: {action: inner}}",
                            "b: {path: test.RunOther, parameters: {name: inner}}"});
  const auto action = open("outer", shown());
  const ActionOutcome outcome = action->execute().wait();
  ASSERT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_TRUE(agrees(*action));
  action->undo(true).wait();
  EXPECT_TRUE(agrees(*action));
}

}  // namespace
}  // namespace silex::test
