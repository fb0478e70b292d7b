#include "action/definition/load.hpp"
#include "check.hpp"
#include "completion.hpp"
#include "doctor.hpp"
#include "exit_code.hpp"
#include "hub.hpp"
#include "new_project.hpp"
#include "run_actions.hpp"
#include "validate.hpp"
#include "version.hpp"

#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
  using namespace silex::cli;
  CLI::App app(
      "Runs actions; says what is wrong with definitions of them, and with an installation of Silex.",
      "silex");
  app.footer(
      "Ends with 0 where all is well, 1 where something is wrong, 2 where the command itself is, and 3 where "
      "an "
      "action was cancelled.");
  app.set_version_flag("--version", silex::kVersion);
  app.require_subcommand(1);
  int result = kFine;

  std::vector<std::string> paths;
  CLI::App* const checks = app.add_subcommand("check", "Print all errors in definitions of actions.");
  checks->add_option("PATH", paths,
                     "a definition, a folder of them, or a root; default: the roots of SILEX_ACTION_CONFIG");
  std::string category{silex::action::kDefaultCategory};
  checks->add_option("--category", category, "of roots")->capture_default_str();
  checks->callback([&] { result = check(paths, category); });
  CLI::App* const asks = app.add_subcommand(
      "doctor", "Say what is found here: configuration, adapters, actions and the service.");
  std::string host;
  asks->add_option("--host", host, "look at the packages of Silex in this host instead of at all adapters");
  asks->callback([&] { result = doctor(host); });

  ActionCommand action;
  bool list = false;
  bool parameters = false;
  action.category = silex::action::kDefaultCategory;
  CLI::App* const runs = app.add_subcommand("action", "Run actions, all of them at once.");
  runs->add_option("NAME", action.names, "of actions on SILEX_ACTION_CONFIG");
  runs->add_flag("--list", list, "print the names that there are");
  runs->add_flag("--list-parameters", parameters, "print the actions' parameters");
  // One value for each --parameter: the name of an action may follow it.
  runs->add_option("--parameter", action.parameters, "PATH=VALUE: [step:[command:]]name, and JSON or text")
      ->expected(1, CLI::detail::expected_max_vector_size)
      ->allow_extra_args(false);
  runs->add_flag("--batch", action.batch, "ask nobody: what has no value is an error");
  runs->add_option("--category", action.category)->capture_default_str();
  runs->add_flag("--simplify", action.simplify, "users see no commands");
  runs->add_flag("--step-by-step", action.step_by_step, "wait for Enter between commands");
  runs->add_option("--url", action.url, "show them at this service, where users answer what is asked");
  runs->add_option("--adapter", action.adapter, "by its name or its path");
  runs->add_option("--stay", action.stay, "seconds for which they can be undone after all have ended")
      ->check(CLI::NonNegativeNumber);
  runs->callback([&] {
    if (!list && action.names.empty()) throw CLI::RequiredError("NAME, or --list");
    result = list         ? list_actions(action.category)
             : parameters ? list_parameters(action)
                          : run_actions(action);
  });
  std::string name;
  std::string into;
  CLI::App* const makes = app.add_subcommand("new", "Write a project that builds and is tested.");
  makes->require_subcommand(1);
  for (const auto& [kind, what] :
       {std::pair("adapter", "for another host"), std::pair("commands", "for actions")}) {
    CLI::App* const of_kind = makes->add_subcommand(kind, what);
    of_kind->add_option("NAME", name, "small letters, digits and _")->required();
    of_kind->add_option("--into", into, "the folder to write; default: NAME");
    of_kind->callback([&, kind = kind] { result = new_project(kind, name, into); });
  }
  HubCommand hub_command;
  CLI::App* const serves =
      app.add_subcommand("hub", "Start the Silex service, and open its page in the browser.");
  serves->add_flag("--no-browser", hub_command.no_browser, "open nothing");
  serves->add_flag_callback(
      "--end-with-input", [&] { hub_command.options.emplace_back("--end-with-input"); },
      "end when the standard input ends: for who starts it as a child");
  for (const auto& [option, help] :
       {std::pair{"--port", "the port to listen on; default: 5118, 0: one that is free"},
        std::pair{"--host", "the address to listen on; default: 127.0.0.1; another one needs a token"},
        std::pair{"--token-file", "clients must send the token in this file; made where it is missing"},
        std::pair{"--tls-cert", "speak TLS, with this certificate in PEM form"},
        std::pair{"--tls-key", "and this key"},
        std::pair{"--allow-host", "a further name by which it may be called"},
        std::pair{"--allow-origin", "a page from there may talk to it too"},
        std::pair{"--allow-action", "only these may be launched by users"},
        std::pair{"--page", "the folder of the page"}}) {
    const auto forward = [&hub_command,
                          option = std::string(option)](const std::vector<std::string>& values) {
      for (const std::string& value : values) {
        hub_command.options.push_back(option);
        hub_command.options.push_back(value);
      }
      return true;
    };
    serves->add_option(option, forward, help)
        ->type_name("VALUE")
        ->expected(1, CLI::detail::expected_max_vector_size)
        ->allow_extra_args(false);
  }
  serves->callback([&] { result = hub(hub_command); });
  ValidateCommand validation;
  bool list_of_checks = false;
  CLI::App* const validates =
      app.add_subcommand("validate", "Check whether a plugin keeps what adapters promise.");
  validates->add_option("PLUGIN", validation.plugin, "the library");
  std::string no_command;
  validates
      ->add_option("--host", no_command,
                   "all that follows: the command that starts the adapter's host, which calls what "
                   "silex/validate.h says; without it, what needs a host is skipped")
      ->type_name("COMMAND...");
  validates->add_flag("--batch", validation.batch, "that host is a batch one, without a main loop");
  validates->add_flag("--isolate", validation.isolate, "start that host for each check anew");
  validates->add_option("--check", validation.only, "only the check with this id; may be given again")
      ->type_name("ID")
      ->expected(1, CLI::detail::expected_max_vector_size)
      ->allow_extra_args(false);
  validates
      ->add_option("--patience", validation.patience, "seconds that the host may take for what it is asked")
      ->check(CLI::Range(0.1, 3600.0))
      ->capture_default_str();
  validates->add_flag("--json", validation.json, "print the report as JSON");
  validates->add_option("--junit", validation.junit, "write it as JUnit XML, too")->type_name("FILE");
  validates->add_flag("--verbose", validation.verbose, "print what the processes print");
  validates->add_flag("--list", list_of_checks, "print the checks that there are");
  validates->callback([&] {
    if (!list_of_checks && validation.plugin.empty()) throw CLI::RequiredError("PLUGIN, or --list");
    if (!no_command.empty()) {
      throw CLI::ValidationError("--host",
                                 "the host's command follows it as words of its own: --host COMMAND...");
    }
    if (validation.host.empty() && (validation.batch || validation.isolate)) {
      throw CLI::ValidationError(validation.batch ? "--batch" : "--isolate",
                                 "says how a host is run: name its command with --host COMMAND...");
    }
    result = list_of_checks ? list_checks() : validate(validation);
  });
  app.add_subcommand("validate-process")->group("")->callback([&] { result = turn_validation(); });
  std::string shell;
  CLI::App* const completes = app.add_subcommand("completion", "Print what a shell needs to complete these.");
  completes->add_option("SHELL", shell)->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  completes->callback([&] { result = print_completion(shell); });

  try {
    std::vector<std::string> arguments(argv + 1, argv + argc);
    validation.host = take_host_command(arguments);
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong) == 0 ? kFine : kUsage;
  } catch (const std::exception& error) {
    std::cerr << "silex: " << error.what() << "\n";
    return kWrong;
  }
  return result;
}
