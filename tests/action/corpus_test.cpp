// The corpus in tests/actions: what each definition comes to, as a file beside it. A right one has its
// resolved form and what the service would be sent; a wrong one has its findings. commands.json holds the
// commands that they name.
#include "action/definition/load.hpp"
#include "action/model/build.hpp"
#include "action/model/wire.hpp"
#include "action/run/command_library.hpp"
#include "action/types/read_value.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace silex::action::test {
namespace {

namespace fs = std::filesystem;

const fs::path corpus = SILEX_TEST_CORPUS;

std::string read(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

class Commands final : public Catalogue {
 public:
  Commands() {
    for (const Json& declaration : Json::parse(read(corpus / "commands.json"))) {
      std::vector<std::string> aliases;
      std::vector<std::string> errors;
      known_.push_back(read_declaration(declaration.dump(), aliases, errors));
      EXPECT_TRUE(errors.empty()) << errors.front();
    }
  }
  [[nodiscard]] const CommandDeclaration* find(std::string_view path) const override {
    const auto found = std::find_if(known_.begin(), known_.end(),
                                    [&](const CommandDeclaration& command) { return command.path == path; });
    return found == known_.end() ? nullptr : &*found;
  }
  [[nodiscard]] std::vector<std::string> paths() const override {
    std::vector<std::string> all;
    for (const CommandDeclaration& command : known_) all.push_back(command.path);
    return all;
  }

 private:
  std::vector<CommandDeclaration> known_;
};

// Only what is said.
template <typename Value>
void put(Json& into, const char* key, const std::optional<Value>& value) {
  if (value) into[key] = *value;
}

template <typename Definition>
Json common(const Definition& definition) {
  Json json = Json::object();
  put(json, "label", definition.label);
  put(json, "hide", definition.hide);
  put(json, "tooltip", definition.tooltip);
  return json;
}

Json resolved(const ParameterDefinition& definition) {
  Json json = common(definition);
  if (definition.value) {
    json["value"] = definition.value->tag.empty() ? to_json(*definition.value)
                                                  : Json{{definition.value->tag, definition.value->text}};
  }
  return json;
}

Json resolved(const CommandDefinition& definition) {
  Json json = common(definition);
  put(json, "path", definition.path);
  put(json, "ask_user", definition.ask_user);
  put(json, "skip", definition.skip);
  for (const auto& parameter : definition.parameters)
    json["parameters"][parameter.name] = resolved(parameter);
  return json;
}

Json resolved(const StepDefinition& definition) {
  Json json = common(definition);
  put(json, "index", definition.index);
  for (const auto& command : definition.commands) json["commands"][command.name] = resolved(command);
  return json;
}

Json resolved(const ActionDefinition& definition) {
  Json json = common(definition);
  put(json, "thumbnail", definition.thumbnail);
  put(json, "shelf", definition.shelf);
  for (const auto& step : definition.steps) json["steps"][step.name] = resolved(step);
  return json;
}

// "r1/r2/action" of the names in these roots.
std::vector<fs::path> roots_of(const std::string& part) {
  if (part == "good") return {corpus / "good/project", corpus / "good/studio", corpus / "good/base"};
  return {corpus / "bad/first", corpus / "bad/second"};
}

std::string outcome_of(const std::string& part, const std::string& name, const std::string& task_type) {
  const Commands commands;
  yaml::Findings findings;
  const auto definition = load_definition(SearchPath(roots_of(part)), {name, "action", task_type}, findings);
  std::optional<Action> action;
  if (definition) {
    int count = 0;
    const auto next_uuid = [&count] { return "uuid-" + std::to_string(++count); };
    action = build_action(*definition, commands, next_uuid, findings);
  }
  if (action) return Json{{"resolved", resolved(*definition)}, {"sent", to_wire(*action)}}.dump(1) + "\n";
  std::string text = findings.text() + "\n";
  const std::string folder = corpus.string() + "/bad/";
  for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder))
    text.erase(at, folder.size());
  return text;
}

// A file's stem is "name" or "name@task_type".
class Corpus : public testing::TestWithParam<fs::path> {};

std::vector<fs::path> expectations() {
  std::vector<fs::path> all;
  for (const char* part : {"good", "bad"}) {
    for (const auto& file : fs::directory_iterator(corpus / part / "expected")) all.push_back(file.path());
  }
  std::sort(all.begin(), all.end());
  return all;
}

TEST_P(Corpus, ComesTo) {
  const std::string part = GetParam().parent_path().parent_path().filename().string();
  const std::string stem = GetParam().stem().string();
  const std::string name = stem.substr(0, stem.find('@'));
  const std::string task_type = name == stem ? "" : stem.substr(name.size() + 1);
  const std::string outcome = outcome_of(part, name, task_type);
  if (std::getenv("SILEX_TEST_RENEW") != nullptr) std::ofstream(GetParam(), std::ios::binary) << outcome;
  EXPECT_EQ(outcome, read(GetParam()))
      << "if it is meant so: cmake --build build/dev --target renew_action_corpus";
}

INSTANTIATE_TEST_SUITE_P(Actions, Corpus, testing::ValuesIn(expectations()), [](const auto& of) {
  std::string name =
      of.param.parent_path().parent_path().filename().string() + "_" + of.param.stem().string();
  std::replace(name.begin(), name.end(), '@', '_');
  return name;
});

std::set<std::string> names_in(const std::string& part) {
  const auto names = SearchPath(roots_of(part)).names("action");
  return {names.begin(), names.end()};
}

TEST(CorpusFolder, HasAnExpectationForEachDefinition) {
  std::size_t definitions = 0;
  for (const std::string part : {"good", "bad"}) {
    std::set<std::string> expected;
    for (const auto& file : fs::directory_iterator(corpus / part / "expected")) {
      const std::string stem = file.path().stem().string();
      expected.insert(stem.substr(0, stem.find('@')));
    }
    for (const std::string& name : names_in(part)) {
      ++definitions;
      EXPECT_TRUE(expected.contains(name)) << "create " << part << "/expected/" << name;
    }
  }
  EXPECT_GE(definitions, 60U);
}

}  // namespace
}  // namespace silex::action::test
