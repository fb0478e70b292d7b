// What a running action tells: the diffs, merged as the service merges them, are the action.
#include "action/run/live_action.hpp"

#include "action/model/wire.hpp"
#include "net/merge.hpp"

#include <random>
#include <set>

#include <gtest/gtest.h>

namespace silex::action {
namespace {

Parameter parameter(const std::string& name, Json value) {
  Parameter made;
  made.name = name;
  made.uuid = "uuid of " + name;
  made.value = std::move(value);
  return made;
}

Command command(const std::string& name) {
  Command made;
  made.name = name;
  made.uuid = "uuid of " + name;
  made.parameters = {parameter("one", 1), parameter("two", "zwei")};
  return made;
}

Step step(const std::string& name, int commands) {
  Step made;
  made.name = name;
  made.uuid = "uuid of " + name;
  for (int number = 0; number < commands; ++number)
    made.commands.push_back(command(name + std::to_string(number)));
  return made;
}

Action action(int steps, int commands) {
  Action made;
  made.name = "action";
  made.uuid = "u";
  for (int number = 0; number < steps; ++number) {
    made.steps.push_back(step("step" + std::to_string(number), commands));
    made.steps.back().index = number;
  }
  return made;
}

// As the service has it, without what it was told is hidden.
Json visible(Json stored) {
  const auto forget_hidden = [](Json& parts) {
    Json kept = Json::object();
    for (auto& [name, part] : parts.items()) {
      if (part["hide"] != true) kept[name] = part;
    }
    parts = std::move(kept);
  };
  forget_hidden(stored["steps"]);
  for (auto& [name, part] : stored["steps"].items()) forget_hidden(part["commands"]);
  return stored;
}

class LiveActionTest : public ::testing::Test {
 protected:
  void start(Action begun) {
    live = std::make_unique<LiveAction>(std::move(begun), [this] { ++told; });
    stored = live->take_whole();
  }
  Json flush() {
    if (live->needs_whole()) return stored = live->take_whole();
    const Json diff = live->take_changes();
    if (!diff.is_null()) net::deep_merge(stored, diff);
    return diff;
  }
  std::unique_ptr<LiveAction> live;
  Json stored;
  int told = 0;
};

TEST_F(LiveActionTest, ADiffHoldsWhatHasChangedAndNothingElse) {
  start(action(2, 2));
  live->set_progress({1, 0}, 5);
  live->set_progress({1, 0}, 6);
  Json expected;
  expected["steps"]["step1"]["commands"]["step10"]["progress"] = 6;
  expected["uuid"] = "u";
  EXPECT_EQ(flush(), expected);
  EXPECT_TRUE(flush().is_null());
  EXPECT_EQ(told, 1) << "once for each diff";
}

TEST_F(LiveActionTest, WhatDoesNotChangeIsNoChange) {
  start(action(1, 1));
  live->set_status({0, 0}, Status::initialized);
  live->set_progress({0, 0}, std::nullopt);
  live->set_value({0, 0}, 0, 1);
  live->set_hide({0, 0}, false);
  EXPECT_EQ(told, 0);
}

TEST_F(LiveActionTest, AStatusTellsThoseOfItsStepAndOfTheAction) {
  start(action(2, 2));
  live->set_status({0, 0}, Status::completed);
  const Json diff = flush();
  EXPECT_EQ(diff["status"], static_cast<int>(Status::processing)) << "some are completed";
  EXPECT_EQ(diff["steps"]["step0"]["status"], static_cast<int>(Status::processing));
  EXPECT_FALSE(diff["steps"].contains("step1"));
}

TEST_F(LiveActionTest, WhatIsHiddenIsToldOnceAndWhatIsShownAsAWhole) {
  start(action(1, 2));
  live->set_hide({0, 0}, true);
  live->set_progress({0, 0}, 5);
  Json expected;
  expected["steps"]["step0"]["commands"]["step00"]["hide"] = true;
  expected["uuid"] = "u";
  EXPECT_EQ(flush(), expected);
  live->set_hide({0, 0}, false);
  EXPECT_EQ(flush()["steps"]["step0"]["commands"]["step00"], to_wire(live->command({0, 0})));
}

TEST_F(LiveActionTest, AStepThatIsShownIsToldAsAWhole) {
  start(action(2, 2));
  live->set_step_hide(0, true);
  live->set_progress({0, 0}, 5);
  Json expected;
  expected["steps"]["step0"]["hide"] = true;
  expected["uuid"] = "u";
  EXPECT_EQ(flush(), expected);
  live->set_step_hide(0, false);
  expected["steps"]["step0"] = to_wire(live->get().steps[0]);
  EXPECT_EQ(flush(), expected);
}

TEST_F(LiveActionTest, WhatWasHiddenInAHiddenStepStaysHiddenWhenTheStepIsShown) {
  start(action(1, 2));
  live->set_step_hide(0, true);
  flush();
  live->set_hide({0, 0}, true);
  live->set_step_hide(0, false);
  flush();
  EXPECT_EQ(visible(stored), to_wire(live->get()));
}

TEST_F(LiveActionTest, AMappingThatLosesAKeyIsToldWithTheWholeAction) {
  start(action(1, 1));
  live->set_value({0, 0}, 0, {{"a", 1}});
  EXPECT_FALSE(live->needs_whole());
  live->set_value({0, 0}, 0, {{"a", 2}, {"b", Json::object()}});
  EXPECT_FALSE(live->needs_whole()) << "a diff merges into it";
  flush();
  live->set_value({0, 0}, 0, {{"b", Json::object()}});
  EXPECT_TRUE(live->needs_whole());
  flush();
  EXPECT_FALSE(live->needs_whole());
  EXPECT_EQ(stored, to_wire(live->get()));
  // In one diff, the second of these hides the first.
  live->set_value({0, 0}, 0, "text");
  live->set_value({0, 0}, 0, {{"c", 3}});
  flush();
  EXPECT_EQ(stored, to_wire(live->get()));
}

TEST_F(LiveActionTest, AnEmptiedMappingIsToldThoughItIsHidden) {
  Action begun = action(1, 2);
  begun.steps[0].commands[0].parameters[0].value = {{"a", 1}};
  start(std::move(begun));
  live->set_hide({0, 0}, true);
  flush();
  live->set_value({0, 0}, 0, Json::object());
  EXPECT_EQ(told, 2);
  flush();
  live->set_hide({0, 0}, false);
  flush();
  // Which shows it after the others.
  EXPECT_EQ(nlohmann::json(visible(stored)), nlohmann::json(to_wire(live->get())));
}

TEST_F(LiveActionTest, AParameterOfAnotherTypeKeepsNoOptionOfTheOneBefore) {
  start(action(1, 1));
  const auto of_type = [](const char* type) {
    Parameter made = parameter("asked", nullptr);
    made.type = std::get<ParameterType>(ParameterType::parse(Json::parse(type)));
    return made;
  };
  live->put_parameter({0, 0}, of_type(R"({"name": "select", "options": {"One": 1}})"));
  flush();
  live->put_parameter({0, 0}, of_type(R"({"name": "select", "options": {"Two": 2}})"));
  flush();
  EXPECT_EQ(stored, to_wire(live->get()));
}

TEST_F(LiveActionTest, ALongLogKeepsItsEnd) {
  start(action(1, 1));
  for (int line = 0; line < 10'000; ++line) live->log({0, 0}, LogLevel::info, std::to_string(line));
  EXPECT_LE(live->command({0, 0}).logs.size(), 500u);
  EXPECT_EQ(live->command({0, 0}).logs.back().message, "9999");
}

// Every kind of change, in any order, told at any time.
class RandomEdits {
 public:
  RandomEdits(LiveAction& live, unsigned seed) : live_(live), random_(seed) {}

  void edit() {
    const At at = any_command();
    const Command& of = live_.command(at);
    const std::size_t parameter = below(of.parameters.size());
    switch (below(17)) {
      case 0:
        return live_.set_status(at, static_cast<Status>(below(6)));
      case 1:
        return live_.set_progress(at,
                                  below(2) ? std::optional<int>(static_cast<int>(below(101))) : std::nullopt);
      case 2:
        return live_.log(at, static_cast<LogLevel>(below(6)), word());
      case 3:
        return live_.set_ask_user(at, below(2));
      case 4:
        return live_.set_skip(at, below(2));
      case 5:
        return live_.set_hide(at, below(2));
      case 6:
        return live_.set_hide_parameters(at, below(2));
      case 7:
        return live_.set_label(at, word());
      case 8:
        return live_.set_tooltip(at, word());
      case 9:
        return live_.set_value(at, parameter, value());
      case 10:
        return live_.set_parameter_hide(at, parameter, below(2));
      case 11:
        return live_.set_parameter_label(at, parameter, word());
      case 12:
        return live_.put_parameter(at, action::parameter("p" + std::to_string(below(4)), value()));
      case 13:
        return live_.set_execution_type(static_cast<ExecutionType>(below(3)));
      case 14:
        return answer(at);
      case 15:
        return live_.set_step_hide(at.step, below(2));
      default:
        return below(2) ? insert(at) : remove();
    }
  }
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }

 private:
  At any_command() {
    const std::size_t of = below(live_.get().steps.size());
    return {of, below(live_.get().steps[of].commands.size())};
  }
  std::string word() { return std::string(1, static_cast<char>('a' + below(4))); }
  Json value(int depth = 0) {
    if (below(3) == 0) return word();
    if (below(3) == 0) return {1, below(3)};
    Json made = Json::object();
    const std::size_t count = below(3);
    for (std::size_t key = 0; key < count && depth < 2; ++key) made[word()] = value(depth + 1);
    return made;
  }
  void answer(At at) {
    const Step& in = live_.get().steps[at.step];
    Json diff;
    Json& part = diff["steps"][in.name];
    if (below(4) == 0) part["hide"] = below(2) == 1;
    Json& of = part["commands"][live_.command(at).name];
    of["skip"] = below(2) == 1;
    of["hide"] = below(4) == 0;
    of["parameters"]["one"]["value"] = value();
    of["label"] = "never taken";
    live_.answer(diff);
  }
  void insert(At at) {
    if (live_.get().steps.size() > 12) return;
    inserted_.push_back("inserted" + std::to_string(++count_));
    live_.insert_steps(at.step, {step(inserted_.back(), 2)});
  }
  void remove() {
    if (inserted_.empty()) return;
    const std::size_t which = below(inserted_.size());
    live_.remove_step(inserted_[which]);
    inserted_.erase(inserted_.begin() + static_cast<std::ptrdiff_t>(which));
  }

  LiveAction& live_;
  std::mt19937 random_;
  std::vector<std::string> inserted_;
  int count_ = 0;
};

TEST_F(LiveActionTest, MergedDiffsAreTheActionWhateverChanged) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    start(action(3, 3));
    RandomEdits edits(*live, seed);
    for (int round = 0; round < 200; ++round) {
      edits.edit();
      if (edits.below(5) == 0) flush();
    }
    flush();
    // The order of an object's members says nothing on the wire of a diff.
    ASSERT_EQ(nlohmann::json(visible(stored)), nlohmann::json(to_wire(live->get()))) << "seed " << seed;
    ASSERT_EQ(live->status(), status_of(live->get()));
  }
}

}  // namespace
}  // namespace silex::action
