// A catalogue of commands and actions built with it.
#pragma once

#include "action/model/build.hpp"
#include "definition_fixture.hpp"

#include <string>
#include <vector>

namespace silex::action::test {

inline ParameterType type_of(const std::string& declaration) {
  auto parsed = ParameterType::parse(Json::parse(declaration));
  EXPECT_TRUE(std::holds_alternative<ParameterType>(parsed)) << declaration;
  return std::get<ParameterType>(std::move(parsed));
}

class TestCatalogue final : public Catalogue {
 public:
  const CommandDeclaration* find(std::string_view path) const override {
    for (const auto& command : commands) {
      if (command.path == path) return &command;
    }
    return nullptr;
  }
  std::vector<std::string> paths() const override {
    std::vector<std::string> all;
    for (const auto& command : commands) all.push_back(command.path);
    return all;
  }
  std::vector<CommandDeclaration> commands;
};

class ModelTest : public DefinitionTest {
 protected:
  ModelTest() {
    catalogue_.commands = {
        {"files.write",
         {{"target", type_of(R"("Path")"), nullptr, "", "", false},
          {"frames", type_of(R"("FrameSet")"), "1-10", "", "Which frames", false},
          {"layers", type_of(R"({"name": "list", "itemType": "str"})"), nullptr, "", "", false},
          {"quality", type_of(R"({"name": "range", "start": 1, "end": 5})"), nullptr, "How good", "", false},
          {"extra", type_of(R"("any")"), nullptr, "", "", false}}},
        {"paths.build", {}},
        {"ask", {{"name", type_of(R"("str")"), nullptr, "", "", false}}, false, true},
    };
  }
  // Of an action that is written as r1/action/a.yml.
  std::optional<Action> build(const std::string& text) {
    write("r1/action/a.yml", text);
    const auto definition = load("a");
    if (!definition) return std::nullopt;
    int count = 0;
    return build_action(
        *definition, catalogue_, [&] { return "u" + std::to_string(count++); }, findings_);
  }
  Action built(const std::string& text) {
    auto action = build(text);
    EXPECT_TRUE(action) << findings_.text();
    return action ? std::move(*action) : Action{};
  }
  static std::string command(const std::string& body) {
    return "a: {steps: {s: {commands: {c: {path: files.write, " + body + "}}}}}";
  }
  std::string build_findings(const std::string& text) {
    EXPECT_FALSE(build(text));
    std::string all = findings_.text();
    const std::string folder = folder_.string() + "/";
    for (std::size_t at = all.find(folder); at != std::string::npos; at = all.find(folder)) {
      all.erase(at, folder.size());
    }
    return all;
  }

  TestCatalogue catalogue_;
};

}  // namespace silex::action::test
