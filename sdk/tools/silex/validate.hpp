// silex validate: whether a plugin keeps what silex/plugin.h and silex/adapter.h promise in its name.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace silex::cli {

struct ValidateCommand {
  std::filesystem::path plugin;
  std::vector<std::string> host;  // the command that starts the adapter's host; none: this program plays none
  bool batch = false;             // that host has no main loop
  bool isolate = false;           // a process for each check, in a host, too
  std::vector<std::string> only;  // ids of checks; none: all
  double patience = 5;            // seconds that the host may take for what it is asked
  bool json = false;
  std::filesystem::path junit;
  bool verbose = false;
};

// Prints a report. An exit code: kWrong where a check failed.
int validate(const ValidateCommand& command);
// Prints the checks that there are.
int list_checks();

// What validate() starts where there is no host: a process that has no main loop to speak of.
int turn_validation();

// Takes what follows --host off the arguments: a command has options of its own.
std::vector<std::string> take_host_command(std::vector<std::string>& arguments);

}  // namespace silex::cli
