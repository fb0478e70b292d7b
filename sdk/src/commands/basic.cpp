#include "commands/basic.hpp"

#include "commands/parameters.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace silex::commands {

namespace {

silex_log_level level_of(const std::string& name) {
  if (name == "debug") return SILEX_LOG_DEBUG;
  if (name == "warning") return SILEX_LOG_WARNING;
  if (name == "error") return SILEX_LOG_ERROR;
  return SILEX_LOG_INFO;
}

}  // namespace

task<json> Log::execute(CommandContext& context) {
  context.log(level_of(text_in(context, "level")), text_in(context, "message"));
  co_return json();
}

task<json> Wait::execute(CommandContext& context) {
  const json& value = context.parameters().at("seconds");
  const double seconds = value.is_number() ? value.get<double>() : 0.0;
  if (seconds < 0) {
    throw wrong_parameter("'seconds' is " + value.dump() + ", which has passed already: give 0 or more");
  }
  // Users see it move, and a long one costs no more than a short one.
  const double slice = std::clamp(seconds / 100, 0.05, 1.0);
  double left = seconds;
  while (left > 0) {
    context.progress(100 * (1 - left / seconds));
    const std::chrono::duration<double> next(std::min(slice, left));
    co_await context.sleep(std::chrono::duration_cast<std::chrono::nanoseconds>(next));
    left -= slice;
  }
  context.progress(100);
  co_return json();
}

task<json> Pass::execute(CommandContext& context) {
  co_return context.parameters().at("input");
}

task<json> ExitStep::execute(CommandContext& context) {
  if (flag_in(context, "enable")) context.exit_step();
  co_return json();
}

}  // namespace silex::commands
