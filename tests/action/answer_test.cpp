// What a user's answer changes.
#include "action/model/answer.hpp"

#include "action/model/wire.hpp"
#include "model_fixture.hpp"

namespace silex::action::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class AnswerTest : public ModelTest {
 protected:
  AnswerTest()
      : action_(built(
            "a: {steps: {s: {commands: {c: {path: files.write}, h: {path: files.write, hide: true}}}}}")) {}

  std::vector<std::string> answer(const std::string& command, const std::string& diff) {
    return apply_answer(
        action_, Json{{"uuid", "u0"}, {"steps", {{"s", {{"commands", {{command, Json::parse(diff)}}}}}}}});
  }
  Command& command() { return action_.steps[0].commands[0]; }
  Action action_;
};

TEST_F(AnswerTest, GivesValuesAndCastsThem) {
  EXPECT_THAT(answer("c", R"({"parameters": {"target": {"value": "/a"}, "quality": {"value": "3"},
                              "layers": {"value": "beauty"}}})"),
              IsEmpty());
  EXPECT_EQ(command().parameters[0].value, "/a");
  EXPECT_EQ(command().parameters[3].value, 3);
  EXPECT_EQ(command().parameters[2].value, Json::array({"beauty"}));
}

TEST_F(AnswerTest, AValueThatDoesNotFitChangesNothingAndIsSaid) {
  EXPECT_THAT(
      answer("c", R"({"parameters": {"quality": {"value": 9}, "target": {"value": "/a"}}})"),
      ElementsAre(
          "the parameter 'quality' of the command 'c' is the number 9; allowed: a number from 1 to 5"));
  EXPECT_EQ(command().parameters[3].value, 1);
  EXPECT_EQ(command().parameters[0].value, "/a");
}

TEST_F(AnswerTest, LaysMappingsOverWhatIsThere) {
  const Json& value = command().parameters[4].value;
  answer("c", R"({"parameters": {"extra": {"value": {"a": {"x": 1}, "list": [1, 2]}}}})");
  answer("c", R"({"parameters": {"extra": {"value": {"a": {"y": 2}, "list": [3], "b": 4}}}})");
  EXPECT_EQ(value, Json::parse(R"({"a": {"x": 1, "y": 2}, "list": [3], "b": 4})"));
  answer("c", R"({"parameters": {"extra": {"value": {}}}})");
  EXPECT_EQ(value.size(), 3u) << "an empty mapping changes nothing";
  answer("c", R"({"parameters": {"extra": {"value": "text"}}})");
  EXPECT_EQ(value, "text");
}

TEST_F(AnswerTest, ChangesNoLabelTypeLogStatusOrPath) {
  command().logs = {{LogLevel::info, "kept"}};
  const Json before = to_wire(action_);
  EXPECT_THAT(
      answer("c",
             R"({"label": "x", "logs": [], "status": 0, "path": "x", "uuid": "x", "name": "x", "progress": 3,
                              "parameters": {"quality": {"label": "x", "type": {"name": "any"}, "uuid": "x"}}})"),
      IsEmpty());
  EXPECT_EQ(to_wire(action_), before);
}

TEST_F(AnswerTest, ChangesNothingInAHiddenStepOrCommand) {
  const Json before = to_wire(action_.steps[0].commands[1]);
  answer("h", R"({"hide": false, "parameters": {"target": {"value": "/a"}}})");
  EXPECT_EQ(to_wire(action_.steps[0].commands[1]), before);
  action_.steps[0].hide = true;
  answer("c", R"({"skip": true})");
  EXPECT_FALSE(command().skip);
}

TEST_F(AnswerTest, SkipsHidesAndAsks) {
  answer("c", R"({"skip": true, "ask_user": true, "hide_parameters": true, "tooltip": "t"})");
  EXPECT_TRUE(command().skip && command().ask_user && command().hide_parameters);
  EXPECT_EQ(command().tooltip, "t");
  EXPECT_THAT(answer("c", R"({"skip": 1})"),
              ElementsAre("skip of 'c' is the number 1; allowed: true or false"));
}

TEST_F(AnswerTest, ReplacesACommandsOutputUnlessItComesBackAsItWasSent) {
  Parameter& target = command().parameters[0];
  target.output = CommandOutput{"s", "x", {}};
  answer("c", R"({"parameters": {"target": {"value": "s:x"}}})");
  EXPECT_TRUE(target.output);
  answer("c", R"({"parameters": {"target": {"value": "/a"}}})");
  EXPECT_FALSE(target.output);
  EXPECT_EQ(target.value, "/a");
}

TEST_F(AnswerTest, PassesOverWhatItDoesNotKnow) {
  const Json before = to_wire(action_);
  for (const auto* diff :
       {"null", "3", "[]", R"({"steps": 3})", R"({"steps": {"x": {}}})", R"({"steps": {"s": []}})",
        R"({"steps": {"s": {"commands": {"c": {"parameters": {"no": {"value": 1}}}}}}})",
        R"({"later": true})"}) {
    EXPECT_THAT(apply_answer(action_, Json::parse(diff)), IsEmpty()) << diff;
  }
  EXPECT_EQ(to_wire(action_), before);
}

}  // namespace
}  // namespace silex::action::test
