#include "commands/set_environment.hpp"

#include "commands/parameters.hpp"
#include "platform/environment.hpp"

namespace silex::commands {

namespace {

void check_name(const std::string& name, const json& value) {
  if (name.empty() || name.find('=') != std::string::npos || name.find('\0') != std::string::npos) {
    throw wrong_parameter("'" + name +
                          "' is no name for an environment variable: leave out '=', and give it" +
                          " at least one letter");
  }
  if (!value.is_null() && shown(value).find('\0') != std::string::npos) {
    throw wrong_parameter("the value for the environment variable '" + name +
                          "' has a character of the code 0: leave it out");
  }
}

void set(const std::string& name, const std::optional<std::string>& value) {
  const std::error_code error = platform::set_environment_value(name, value);
  if (!error) return;
  throw Error(SILEX_ERROR_EXCEPTION, "the environment variable '" + name + "' could not be set: " +
                                         error.message() + "; check its name and the length of its value");
}

}  // namespace

task<json> SetEnvironment::execute(CommandContext& context) {
  const json variables = object_in(context, "variables");
  for (const auto& [name, value] : variables.items()) check_name(name, value);
  co_await context.main_thread([&] {
    for (const auto& [name, value] : variables.items()) {
      former_.emplace_back(name, platform::environment_value(name));
      set(name, value.is_null() ? std::nullopt : std::optional<std::string>(shown(value)));
    }
  });
  co_return json();
}

task<> SetEnvironment::undo(CommandContext& context) {
  co_await context.main_thread([&] {
    for (; !former_.empty(); former_.pop_back()) set(former_.back().first, former_.back().second);
  });
}

}  // namespace silex::commands
