#include "action/definition/load.hpp"
#include "check.hpp"
#include "doctor.hpp"
#include "exit_code.hpp"
#include "version.hpp"

#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
  using namespace silex::cli;
  CLI::App app("What is wrong with definitions of actions, and with an installation of Silex.", "silex");
  app.footer("Ends with 0 where all is well, 1 where something is wrong, 2 where the command itself is.");
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
  asks->callback([&] { result = doctor(); });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong) == 0 ? kFine : kUsage;
  } catch (const std::exception& error) {
    std::cerr << "silex: " << error.what() << "\n";
    return kWrong;
  }
  return result;
}
