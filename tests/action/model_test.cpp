// An action's derived values, what is found in it, and what is sent.
#include "action/model/wire.hpp"
#include "model_fixture.hpp"

namespace silex::action::test {
namespace {

Step step_of(const std::vector<Status>& statuses) {
  Step step;
  step.name = "s";
  for (const Status status : statuses) {
    Command command;
    command.name = "c" + std::to_string(step.commands.size());
    command.status = status;
    step.commands.push_back(command);
  }
  return step;
}

TEST(Status, IsTheLargestOfTheCommands) {
  using enum Status;
  EXPECT_EQ(status_of(step_of({completed, completed})), completed);
  EXPECT_EQ(status_of(step_of({initialized, initialized})), initialized);
  EXPECT_EQ(status_of(step_of({completed, waiting_for_response, initialized})), waiting_for_response);
  EXPECT_EQ(status_of(step_of({processing, error, invalid})), error);
  EXPECT_EQ(status_of(step_of({})), completed);
}

TEST(Status, IsProcessingWhereSomeAreCompletedAndTheRestWaitsForItsTurn) {
  using enum Status;
  EXPECT_EQ(status_of(step_of({completed, initialized})), processing);
  Action action;
  action.steps = {step_of({completed}), step_of({initialized})};
  EXPECT_EQ(status_of(action), processing);
  action.steps.push_back(step_of({invalid}));
  EXPECT_EQ(status_of(action), invalid);
}

TEST(Status, HasTheNumbersOfTheWire) {
  EXPECT_EQ(static_cast<int>(Status::completed), 0);
  EXPECT_EQ(static_cast<int>(Status::initialized), 1);
  EXPECT_EQ(static_cast<int>(Status::waiting_for_response), 2);
  EXPECT_EQ(static_cast<int>(Status::processing), 3);
  EXPECT_EQ(static_cast<int>(Status::invalid), 4);
  EXPECT_EQ(static_cast<int>(Status::error), 5);
  EXPECT_EQ(static_cast<int>(ExecutionType::pause), 0);
  EXPECT_EQ(static_cast<int>(ExecutionType::forward), 1);
  EXPECT_EQ(static_cast<int>(ExecutionType::backward), 2);
}

TEST(Label, IsTheNameWithSpacesAndCapitals) {
  EXPECT_EQ(label_for("write_file"), "Write File");
  EXPECT_EQ(label_for("path.to-FILE"), "Path To File");
  EXPECT_EQ(label_for("v2final"), "V2Final");
  EXPECT_EQ(label_for("a__b"), "A  B");
  EXPECT_EQ(label_for("été"), "été");
  EXPECT_EQ(label_for(""), "");
}

class Model : public ModelTest {
 protected:
  Model()
      : action_(built(
            "a:\n"
            "  steps:\n"
            "    one: {index: 1, commands: {c: {path: files.write}, d: {path: ask}}}\n"
            "    two: {index: 2, commands: {c: {path: files.write, parameters: {target: !command-output "
            "'one:d:file'}}}}\n")) {}
  Action action_;
};

TEST_F(Model, FindsAParameterByNameStepAndCommand) {
  const auto found = [this](const char* path) -> const Parameter* {
    const auto place = find_parameter(action_, path);
    return place ? &parameter_at(action_, *place) : nullptr;
  };
  EXPECT_EQ(found("target"), &action_.steps[0].commands[0].parameters[0]);
  EXPECT_EQ(found("name"), &action_.steps[0].commands[1].parameters[0]);
  EXPECT_EQ(found("two:frames"), &action_.steps[1].commands[0].parameters[1]);
  EXPECT_EQ(found("d:name"), &action_.steps[0].commands[1].parameters[0]) << "of two parts, a command's too";
  EXPECT_EQ(found("one:d:name"), &action_.steps[0].commands[1].parameters[0]);
  for (const auto* path : {"", "nobody", "two:name", "one:c:name", "x:one:c:target", ":target"}) {
    EXPECT_EQ(found(path), nullptr) << path;
  }
}

TEST_F(Model, FindsTheCommandWhoseOutputIsMeant) {
  EXPECT_EQ(find_command(action_, {"", "c", {}}), &action_.steps[0].commands[0]);
  EXPECT_EQ(find_command(action_, {"two", "c", {}}), &action_.steps[1].commands[0]);
  EXPECT_EQ(find_command(action_, {"two", "d", {}}), nullptr);
}

TEST_F(Model, ACommandWaitsWhereItAsksOrAVisibleParameterHasNoValue) {
  Command& write = action_.steps[0].commands[0];
  EXPECT_TRUE(needs_answer(write)) << "target has no value";
  write.parameters[0].value = "/a";
  EXPECT_FALSE(needs_answer(write)) << "extra has none, but is hidden";
  write.ask_user = true;
  EXPECT_TRUE(needs_answer(write));
  EXPECT_FALSE(needs_answer(action_.steps[1].commands[0])) << "target comes from a command";
  action_.steps[1].commands[0].parameters[0].output.reset();
  EXPECT_TRUE(needs_answer(action_.steps[1].commands[0]));
  action_.steps[1].commands[0].hide_parameters = true;
  EXPECT_FALSE(needs_answer(action_.steps[1].commands[0]));
}

TEST_F(Model, IsSentWithEveryField) {
  Command& command = action_.steps[0].commands[1];
  command.progress = 40;
  command.logs = {{LogLevel::debug, "no"}, {LogLevel::warning, "yes"}, {LogLevel::traceback, "why"}};
  action_.context_metadata = {{"uuid", "x"}};
  action_.thumbnail = "t.png";
  const Json wire = to_wire(action_);
  EXPECT_EQ(wire["steps"]["one"]["commands"]["d"], Json::parse(R"({
    "name": "d", "label": "D", "hide": false, "tooltip": "", "uuid": "u8", "path": "ask", "hide_parameters": false,
    "ask_user": true, "status": 1, "skip": false, "progress": 40,
    "logs": [{"level": "WARNING", "message": "yes"}, {"level": "TRACEBACK", "message": "why"}],
    "parameters": {"name": {"name": "name", "label": "Name", "hide": false, "tooltip": "", "uuid": "u9",
                            "type": {"name": "str"}, "value": null}}})"));
  Json step = wire["steps"]["two"];
  step.erase("commands");
  EXPECT_EQ(step, Json::parse(R"({"name": "two", "label": "Two", "hide": false, "tooltip": "", "uuid": "u10",
                                  "index": 2, "status": 1})"));
  Json action = wire;
  action.erase("steps");
  EXPECT_EQ(action, Json::parse(R"({"name": "a", "label": "A", "hide": false, "tooltip": "", "uuid": "u0",
    "simplify": false, "status": 1, "execution_type": 1, "thumbnail": "t.png", "shelf": "",
    "context_metadata": {"uuid": "x"}})"));
}

TEST_F(Model, WhatIsHiddenIsNotSentButForParameters) {
  action_.steps[1].hide = true;
  action_.steps[0].commands[0].hide = true;
  const Json wire = to_wire(action_);
  EXPECT_FALSE(wire["steps"].contains("two"));
  EXPECT_FALSE(wire["steps"]["one"]["commands"].contains("c"));
  action_.steps[0].commands[0].hide = false;
  EXPECT_EQ(to_wire(action_)["steps"]["one"]["commands"]["c"]["parameters"]["extra"]["hide"], true);
}

TEST_F(Model, IsSentInTheOrderOfTheFile) {
  const Json wire = to_wire(
      built("a: {steps: {zebra: {commands: {second: {path: paths.build}, first: {path: paths.build}}}, "
            "ant: {commands: {c: {path: files.write}}}}}"));
  const auto keys = [](const Json& object) {
    std::string all;
    for (const auto& [key, value] : object.items()) all += key + " ";
    return all;
  };
  EXPECT_EQ(keys(wire["steps"]), "zebra ant ");
  EXPECT_EQ(keys(wire["steps"]["zebra"]["commands"]), "second first ");
  EXPECT_EQ(keys(wire["steps"]["ant"]["commands"]["c"]["parameters"]), "target frames layers quality extra ");
}

TEST_F(Model, ACommandsOutputIsSentByItsName) {
  const Json wire = to_wire(action_);
  EXPECT_EQ(wire["steps"]["two"]["commands"]["c"]["parameters"]["target"]["value"], "one:d:file");
  EXPECT_EQ(wire["steps"]["two"]["commands"]["c"]["progress"], nullptr);
}

}  // namespace
}  // namespace silex::action::test
