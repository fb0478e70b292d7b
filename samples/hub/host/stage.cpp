#include "stage.hpp"

#include <algorithm>
#include <iostream>

namespace demo {

namespace {

// More are forgotten, the oldest first: who launches and launches fills neither this process nor the page.
constexpr std::size_t kKept = 20;

const char* word_of(silex_action_end end) {
  switch (end) {
    case SILEX_ACTION_COMPLETED:
      return "completed";
    case SILEX_ACTION_FAILED:
      return "failed";
    case SILEX_ACTION_UNDONE:
      return "undone";
    default:
      return "cancelled";
  }
}

}  // namespace

silex::json Stage::offers(const std::vector<std::string>& names) const {
  silex::json offers = silex::json::array();
  for (const std::string& name : names) {
    const silex::json whole = silex::Action(context_, name).read();
    silex::json parameters = silex::json::object();
    for (const auto& [step, part] : whole["steps"].items()) {
      for (const auto& [command, shown] : part["commands"].items()) {
        for (const auto& [parameter, what] : shown["parameters"].items()) {
          if (what.value("hide", false)) continue;
          std::string path = step;
          path.append(":").append(command).append(":").append(parameter);
          parameters[path] = {{"label", what["label"]},
                              {"type", what["type"]},
                              {"value", what["value"]},
                              {"tooltip", what["tooltip"]}};
        }
      }
    }
    offers.push_back({{"name", name},
                      {"label", whole["label"]},
                      {"tooltip", whole["tooltip"]},
                      {"parameters", std::move(parameters)}});
  }
  return offers;
}

void Stage::launch(const silex::Session& session, const std::string& name, const silex::json& parameters) {
  silex::ActionOptions options;
  options.session = &session;
  options.on_end = [name](const silex::ActionOutcome& outcome) {
    std::cout << name << ": " << word_of(outcome.end);
    if (!outcome.message.empty()) std::cout << " at " << outcome.command << ": " << outcome.message;
    std::cout << std::endl;
  };
  auto action = std::make_unique<silex::Action>(context_, name, std::move(options));
  for (const auto& [path, value] : parameters.items()) action->set(path, value);
  std::cout << name << ": begins" << std::endl;
  action->execute();
  const std::lock_guard lock(mutex_);
  actions_.push_back(std::move(action));
  if (actions_.size() > kKept) actions_.pop_front();
}

void Stage::clear() {
  const std::lock_guard lock(mutex_);
  actions_.clear();
}

}  // namespace demo
