#include "action/definition/definition_keys.hpp"

#include <array>

namespace silex::action {

namespace {

constexpr std::string_view kLabel = "What people see; default: the name, with spaces and capitals.";
constexpr std::string_view kHide = "Whether people do not see it.";
constexpr std::string_view kTooltip = "A sentence that explains it.";

const std::array kActionKeys{
    DefinitionKey<ActionDefinition>{"label", &ActionDefinition::label, kLabel},
    DefinitionKey<ActionDefinition>{"hide", &ActionDefinition::hide, kHide},
    DefinitionKey<ActionDefinition>{"tooltip", &ActionDefinition::tooltip, kTooltip},
    DefinitionKey<ActionDefinition>{"thumbnail", &ActionDefinition::thumbnail, "The image of its button."},
    DefinitionKey<ActionDefinition>{"shelf", &ActionDefinition::shelf, "The shelf that its button is on."},
    DefinitionKey<ActionDefinition>{"tasks", Tasks{},
                                    "By type of task: what is patched over the action for it."},
    DefinitionKey<ActionDefinition>{"steps", &ActionDefinition::steps,
                                    "Its steps, by name; they run by ascending index."},
};

const std::array kStepKeys{
    DefinitionKey<StepDefinition>{"label", &StepDefinition::label, kLabel},
    DefinitionKey<StepDefinition>{"hide", &StepDefinition::hide, kHide},
    DefinitionKey<StepDefinition>{"tooltip", &StepDefinition::tooltip, kTooltip},
    DefinitionKey<StepDefinition>{"index", &StepDefinition::index,
                                  "Steps run by ascending index; default 0."},
    DefinitionKey<StepDefinition>{"commands", &StepDefinition::commands,
                                  "Its commands, by name; they run in this order."},
};

const std::array kCommandKeys{
    DefinitionKey<CommandDefinition>{"label", &CommandDefinition::label, kLabel},
    DefinitionKey<CommandDefinition>{"hide", &CommandDefinition::hide, kHide},
    DefinitionKey<CommandDefinition>{"tooltip", &CommandDefinition::tooltip, kTooltip},
    DefinitionKey<CommandDefinition>{"path", &CommandDefinition::path, "Which command to run."},
    DefinitionKey<CommandDefinition>{"ask_user", &CommandDefinition::ask_user,
                                     "Whether it waits for the user's answer."},
    DefinitionKey<CommandDefinition>{"skip", &CommandDefinition::skip, "Whether it is passed over."},
    DefinitionKey<CommandDefinition>{
        "parameters", &CommandDefinition::parameters,
        "Its parameters, by name: a value, or a mapping of value, label, hide and tooltip."},
};

const std::array kParameterKeys{
    DefinitionKey<ParameterDefinition>{"value", &ParameterDefinition::value,
                                       "Its value, or !command-output."},
    DefinitionKey<ParameterDefinition>{"label", &ParameterDefinition::label, kLabel},
    DefinitionKey<ParameterDefinition>{"hide", &ParameterDefinition::hide, kHide},
    DefinitionKey<ParameterDefinition>{"tooltip", &ParameterDefinition::tooltip, kTooltip},
};

}  // namespace

template <>
std::span<const DefinitionKey<ActionDefinition>> definition_keys() {
  return kActionKeys;
}
template <>
std::span<const DefinitionKey<StepDefinition>> definition_keys() {
  return kStepKeys;
}
template <>
std::span<const DefinitionKey<CommandDefinition>> definition_keys() {
  return kCommandKeys;
}
template <>
std::span<const DefinitionKey<ParameterDefinition>> definition_keys() {
  return kParameterKeys;
}

}  // namespace silex::action
