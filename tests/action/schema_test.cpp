// sdk/docs/action.schema.json is what the table of keys says.
#include "action/definition/schema.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace silex::action {
namespace {

TEST(Schema, IsTheFileThatShips) {
  if (std::getenv("SILEX_TEST_RENEW") != nullptr) std::ofstream(SILEX_TEST_SCHEMA) << definition_schema();
  std::ifstream file(SILEX_TEST_SCHEMA, std::ios::binary);
  const std::string shipped(std::istreambuf_iterator<char>(file), {});
  EXPECT_EQ(shipped, definition_schema())
      << "renew it with cmake --build build/dev --target renew_action_schema";
}

TEST(Schema, KnowsEachLevelsKeysAndNoOthers) {
  const auto schema = nlohmann::json::parse(definition_schema());
  const auto keys = [&](const char* level) {
    const auto& mapping = schema["definitions"][level]["anyOf"][0];
    EXPECT_EQ(mapping["additionalProperties"], false);
    std::set<std::string> names;
    for (const auto& [name, property] : mapping["properties"].items()) {
      EXPECT_TRUE(property["description"].is_string()) << name;
      names.insert(name);
    }
    return names;
  };
  using Names = std::set<std::string>;
  EXPECT_EQ(keys("action"), (Names{"label", "hide", "tooltip", "thumbnail", "shelf", "tasks", "steps",
                                   "parent", "key", "category"}));
  EXPECT_EQ(keys("step"),
            (Names{"label", "hide", "tooltip", "index", "commands", "parent", "key", "category"}));
  EXPECT_EQ(keys("command"), (Names{"label", "hide", "tooltip", "path", "ask_user", "skip", "parameters",
                                    "parent", "key", "category"}));
  EXPECT_EQ(keys("parameter"), (Names{"value", "label", "hide", "tooltip", "parent", "key", "category"}));
}

TEST(Schema, RefersToWhatItDefines) {
  const auto schema = nlohmann::json::parse(definition_schema());
  const auto& action = schema["definitions"]["action"]["anyOf"][0]["properties"];
  EXPECT_EQ(action["steps"]["additionalProperties"]["$ref"], "#/definitions/step");
  EXPECT_EQ(action["tasks"]["additionalProperties"]["$ref"], "#/definitions/action");
  EXPECT_EQ(action["hide"]["type"], nlohmann::json::parse(R"(["boolean", "null"])"));
  EXPECT_EQ(schema["additionalProperties"]["$ref"], "#/definitions/action");
}

}  // namespace
}  // namespace silex::action
