// silex action: runs actions in this process, all of them at once.
#pragma once

#include <string>
#include <vector>

namespace silex::cli {

struct ActionCommand {
  std::vector<std::string> names{};
  std::string category{};
  std::vector<std::string> parameters{};  // "PATH=VALUE"
  bool batch = false;
  bool simplify = false;
  bool step_by_step = false;
  std::string url{};      // "": no service
  std::string adapter{};  // "": none
  double stay = 0;        // seconds
};

// How the command ends; see exit_code.hpp.
int run_actions(const ActionCommand& command);
// One name a line.
int list_actions(const std::string& category);
// "step:command:name  type  value  label" a line.
int list_parameters(const ActionCommand& command);

}  // namespace silex::cli
