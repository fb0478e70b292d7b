#include "commands/iterate_action.hpp"

#include "commands/insert_action.hpp"
#include "commands/parameters.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace silex::commands {

task<json> IterateAction::execute(CommandContext& context) {
  const json actions = list_in(context, "actions");
  json categories = list_in(context, "categories");
  if (categories.empty()) categories.push_back("action");
  const json values = list_in(context, "values");
  if (actions.empty() && !values.empty()) {
    throw wrong_parameter("the parameter 'actions' is empty: name the actions to insert");
  }
  const std::string parameter = text_in(context, "parameter");
  const std::string label_key = text_in(context, "label_key");
  const InsertedOutput output(text_in(context, "output"));
  const json& threshold = context.parameters().at("hide_threshold");
  const std::int64_t shown_items = threshold.is_number() ? threshold.get<std::int64_t>() : INT64_MAX;

  std::vector<json> outputs(values.size());
  // Each goes right after the present step, so the last one comes first.
  for (std::size_t index = values.size(); index-- > 0;) {
    ActionRequest request;
    request.name = shown(actions[index % actions.size()]);
    request.category = shown(categories[index % categories.size()]);
    if (!parameter.empty()) request.parameters[parameter] = values[index];
    request.label = label_for(values[index], label_key);
    request.hide_commands = static_cast<std::int64_t>(index) >= shown_items;
    const json steps = co_await context.insert_action(request);
    outputs[index] = output.in(steps, request.name);
    context.progress(100.0 * static_cast<double>(values.size() - index) / static_cast<double>(values.size()));
  }
  if (text_in(context, "output").empty()) co_return json();
  co_return json(outputs);
}

}  // namespace silex::commands
