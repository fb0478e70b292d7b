// Any bytes as an action's definition: findings, or an action whose every value is of its parameter's type.
// The same bytes as an answer change nothing that they may not.
#include "action/definition/definition_reader.hpp"
#include "action/model/answer.hpp"
#include "action/model/build.hpp"
#include "action/model/wire.hpp"
#include "action/types/read_value.hpp"
#include "yaml/reader.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace silex::action;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "definition_fuzzer: %s\n", what);
  std::abort();
}

// One command, "c", with a parameter of every type, "p0" and so on.
class EveryType final : public Catalogue {
 public:
  EveryType() : command_{"c"} {
    for (const auto* declaration :
         {R"("any")", R"({"name": "str", "maxLenght": 4})", R"("int")", R"("float")", R"("bool")",
          R"("Path")", R"({"name": "task_file", "multiple": true})", R"("task")",
          R"({"name": "select", "options": ["a", 1]})",
          R"({"name": "multiple_select", "options": {"A": 1, "B": "b"}})",
          R"({"name": "range", "start": 1, "end": 5})", R"({"name": "int_array", "size": 2})",
          R"({"name": "list", "itemType": "int"})", R"({"name": "dict", "key": "int", "value": "float"})",
          R"("text")", R"("FrameSet")"}) {
      auto type = std::get<ParameterType>(ParameterType::parse(Json::parse(declaration)));
      command_.parameters.push_back(
          {"p" + std::to_string(command_.parameters.size()), std::move(type), nullptr, "", "", false});
    }
  }
  const CommandDeclaration* find(std::string_view path) const override {
    return path == command_.path ? &command_ : nullptr;
  }
  std::vector<std::string> paths() const override { return {command_.path}; }

 private:
  CommandDeclaration command_;
};

void check(const Action& action) {
  for (const Step& step : action.steps) {
    for (const Command& command : step.commands) {
      for (const Parameter& parameter : command.parameters) {
        Json value = parameter.value;
        require(!parameter.type.cast(value), "a value is of its type");
        require(value == parameter.value, "a value that was cast stays as it is");
      }
    }
  }
  require(!to_wire(action).dump().empty(), "an action can be sent");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const EveryType catalogue;
  const std::string text(reinterpret_cast<const char*>(data), size);
  silex::yaml::Findings findings;
  const auto root = silex::yaml::read_text(text, "fuzz", findings);
  if (!root) return 0;
  const ActionDefinition definition = read_definition("a", root, "t", findings);
  auto action = build_action(
      definition, catalogue, [] { return std::string("u"); }, findings);
  require(action.has_value() || !findings.empty(), "no action without a finding");
  if (!action) return 0;
  check(*action);
  const Status status = status_of(*action);
  apply_answer(*action, to_json(*root));
  require(status_of(*action) == status, "an answer changes no status");
  check(*action);
  return 0;
}
