// An action: what the runner runs and what the wire carries. Plain values; the runner's thread owns them.
#pragma once

#include "action/definition/command_output.hpp"
#include "action/types/parameter_type.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silex::action {

// The numbers are those of the wire; the larger one wins where there are several.
enum class Status : std::uint8_t {
  completed = 0,
  initialized = 1,
  waiting_for_response = 2,
  processing = 3,
  invalid = 4,
  error = 5,
};

enum class ExecutionType : std::uint8_t { pause = 0, forward = 1, backward = 2 };

enum class LogLevel : std::uint8_t { debug, info, warning, error, critical, traceback };
// As the wire writes it: "TRACEBACK".
std::string_view name_of(LogLevel level) noexcept;

struct LogLine {
  LogLevel level = LogLevel::info;
  std::string message;
};

struct Parameter {
  std::string name;
  std::string label;
  bool hide = false;
  std::string tooltip;
  std::string uuid;
  ParameterType type;
  Json value;                           // null: none yet
  std::optional<CommandOutput> output;  // where the value comes from at run time, in place of `value`
};

struct Command {
  std::string name;
  std::string label;
  bool hide = false;
  std::string tooltip;
  std::string uuid;
  std::string path;
  bool hide_parameters = false;
  bool ask_user = false;
  Status status = Status::initialized;
  bool skip = false;
  std::optional<int> progress;  // 0 to 100
  std::vector<LogLine> logs{};
  std::vector<Parameter> parameters{};
};

struct Step {
  std::string name;
  std::string label;
  bool hide = false;
  std::string tooltip;
  std::string uuid;
  std::int64_t index = 0;
  std::vector<Command> commands{};  // in the order in which they run
};

struct Action {
  std::string name;
  std::string label;
  bool hide = false;
  std::string tooltip;
  std::string uuid;
  bool simplify = false;
  ExecutionType execution_type = ExecutionType::forward;
  std::string thumbnail;
  std::string shelf;
  Json context_metadata = Json::object();
  std::vector<Step> steps{};  // in the order in which they run
};

// The largest of the commands; where that is `initialized` but some are completed, `processing`. Of none:
// completed.
Status status_of(const Step& step);
Status status_of(const Action& action);

// The name with every character that is no letter and no digit turned into a space, each word capitalised.
std::string label_for(std::string_view name);

// Whether it waits for the user before it runs (unless in batch): it asks, or a parameter that people see has
// no value.
bool needs_answer(const Command& command);

// Where a parameter is: indices.
struct ParameterPlace {
  std::size_t step = 0;
  std::size_t command = 0;
  std::size_t parameter = 0;
};

// "[step:[command:]]name" or "command:name": the first one that fits, in the order in which they run.
std::optional<ParameterPlace> find_parameter(const Action& action, std::string_view path);
inline Parameter& parameter_at(Action& action, const ParameterPlace& place) {
  return action.steps.at(place.step).commands.at(place.command).parameters.at(place.parameter);
}
// The command whose output is meant; nullptr if there is none.
const Command* find_command(const Action& action, const CommandOutput& output);

}  // namespace silex::action
