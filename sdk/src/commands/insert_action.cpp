#include "commands/insert_action.hpp"

#include "commands/parameters.hpp"

namespace silex::commands {

InsertedOutput::InsertedOutput(const std::string& text) {
  if (text.empty()) return;
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string::npos || colon + 1 == text.size()) {
    throw wrong_parameter("'output' is '" + text +
                          "', which names no output of the inserted action: write it" +
                          " as step:command, or step:command:key");
  }
  step_ = text.substr(0, colon);
  rest_ = text.substr(colon);
}

json InsertedOutput::in(const json& steps, const std::string& action) const {
  if (step_.empty()) return {};
  const auto here = steps.find(step_);
  if (here == steps.end()) {
    std::string known;
    for (const auto& [there, name] : steps.items()) known += (known.empty() ? "'" : ", '") + there + "'";
    throw wrong_parameter("'output' names the step '" + step_ + "', which the action '" + action +
                          "' does not have: name one of " + (known.empty() ? "its steps" : known));
  }
  json output = json::object();
  output["!command-output"] = here->get<std::string>() + rest_;
  return output;
}

std::string label_for(const json& value, const std::string& label_key) {
  if (value.is_null()) return "";
  if (label_key.empty() || !value.is_object()) return shown(value);
  const auto label = value.find(label_key);
  return label == value.end() || label->is_null() ? shown(value) : shown(*label);
}

task<json> InsertAction::execute(CommandContext& context) {
  ActionRequest request;
  request.name = text_in(context, "action");
  if (request.name.empty())
    throw wrong_parameter("the parameter 'action' is empty: name the action to insert");
  request.category = text_in(context, "category");
  request.parameters = object_in(context, "parameters");
  const json& value = context.parameters().at("value");
  const std::string parameter = text_in(context, "parameter");
  if (!parameter.empty()) request.parameters[parameter] = value;
  request.label = label_for(value, text_in(context, "label_key"));
  request.hide_commands = flag_in(context, "hide_commands");
  const InsertedOutput output(text_in(context, "output"));
  const json steps = co_await context.insert_action(request);
  co_return output.in(steps, request.name);
}

}  // namespace silex::commands
