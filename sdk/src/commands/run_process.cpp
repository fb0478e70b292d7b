#include "commands/run_process.hpp"

#include "commands/parameters.hpp"
#include "platform/child_process.hpp"
#include "platform/environment.hpp"

#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace silex::commands {

namespace {

void set_in(std::vector<std::string>& environment, const std::string& name, const json& value) {
  std::erase_if(environment, [&](const std::string& entry) { return entry.starts_with(name + "="); });
  if (!value.is_null()) environment.push_back(name + "=" + shown(value));
}

platform::ChildProcess child_in(const CommandContext& context) {
  platform::ChildProcess child;
  for (const json& part : list_in(context, "command")) {
    child.command.push_back(shown(part));
    if (child.command.back().find('\0') == std::string::npos) continue;
    throw wrong_parameter("the parameter 'command' has a character of the code 0: leave it out");
  }
  if (child.command.empty() || child.command.front().empty()) {
    throw wrong_parameter("the parameter 'command' is empty: give it a program and its arguments");
  }
  if (!text_in(context, "directory").empty()) child.directory = path_in(context, "directory");
  return child;
}

Error not_started(const platform::ChildProcess& child, const std::error_code& error) {
  const std::string& program = child.command.front();
  std::error_code ignored;
  const bool is_path = program.find('/') != std::string::npos;
  const bool is_there = is_path && std::filesystem::exists(child.directory / program, ignored);
  if (error == std::errc::no_such_file_or_directory && !is_there) {
    return {SILEX_ERROR_EXCEPTION, "the program '" + program + "' was not found" +
                                       (is_path ? "" : " in any folder of PATH") +
                                       ": install it, or give its right path"};
  }
  return {SILEX_ERROR_EXCEPTION, "the program '" + program + "' could not be started: " + error.message() +
                                     "; check that it is a program for this machine, that it may be run," +
                                     " and that the interpreter which it names is there"};
}

Error ended_badly(const std::string& program, const platform::ChildEnd& end) {
  std::string how = "ended, but the host took its exit code first: set 'check' to false";
  if (end.exit_code) {
    how = "ended with the exit code " + std::to_string(*end.exit_code) + ": see its output in the log";
  } else if (end.signal != 0) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): glibc's is
    const char* const name = strsignal(end.signal);
    how = "was ended by the signal " + std::to_string(end.signal) + " (" + (name ? name : "unknown") +
          "): see its output in the log";
  }
  return {SILEX_ERROR_EXCEPTION, "the program '" + program + "' " + how};
}

}  // namespace

task<json> RunProcess::execute(CommandContext& context) {
  platform::ChildProcess child = child_in(context);
  try {
    co_await context.main_thread([&] { child.environment = platform::environment(); });
  } catch (const HostGone& error) {
    // Nobody pumps a main thread, so nobody sets variables there.
    if (error.code() != SILEX_ERROR_NO_PUMP) throw;
    child.environment = platform::environment();
  }
  const json variables = object_in(context, "environment");
  for (const auto& [name, value] : variables.items()) set_in(child.environment, name, value);

  context.progress(-1);
  platform::ChildEnd end;
  co_await context.worker([&](StopToken stop) {
    if (!child.directory.empty() && !std::filesystem::is_directory(child.directory)) {
      throw wrong_parameter("'directory' is '" + child.directory.string() +
                            "', which is no folder: give one that is there");
    }
    const auto log = [&](platform::ChildStream stream, std::string_view line) {
      context.log(stream == platform::ChildStream::output ? SILEX_LOG_INFO : SILEX_LOG_WARNING,
                  std::string(line));
    };
    end = platform::run_child_process(
        child, [&] { return stop.stop_requested(); }, log);
    if (end.stopped) throw Cancelled();
    if (end.not_started) throw not_started(child, end.not_started);
  });
  if (flag_in(context, "check") && end.exit_code != 0) throw ended_badly(child.command.front(), end);
  json output = json::object();
  output["exit_code"] = nullptr;
  if (end.exit_code) output["exit_code"] = *end.exit_code;
  if (end.signal != 0) output["exit_code"] = -end.signal;  // as Python has it
  co_return output;
}

}  // namespace silex::commands
