#include "validate.hpp"

#include "exit_code.hpp"
#include "platform/environment.hpp"
#include "platform/library.hpp"
#include "plugin/plugin_file.hpp"
#include "validation.hpp"
#include "validation_run.hpp"

#include <silex/validate.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <thread>

namespace silex::cli {

namespace {

// Nothing, and why is printed, where one of them is none.
std::vector<std::string> chosen(const std::vector<std::string>& only) {
  std::vector<std::string> ids;
  for (const validate::Check& check : validate::all_checks()) {
    const bool wanted = only.empty() || std::find(only.begin(), only.end(), check.id) != only.end();
    if (wanted) ids.emplace_back(check.id);
  }
  for (const std::string& id : only) {
    if (validate::find_check(id)) continue;
    std::cerr << "silex validate: there is no check '" << id << "'; see silex validate --list\n";
    return {};
  }
  return ids;
}

}  // namespace

int validate(const ValidateCommand& command) {
  // What else is wrong with the file is a finding.
  if (const Status file = check_plugin_file(command.plugin);
      file.code() == SILEX_ERROR_FILE_NOT_FOUND || file.code() == SILEX_ERROR_NOT_A_FILE) {
    std::cerr << "silex validate: " << file.message() << "\n";
    return kUsage;
  }
  const std::vector<std::string> ids = chosen(command.only);
  if (ids.empty()) return kUsage;
  Validation validation{command.plugin, command.host, {}, {}};
  try {
    run_checks(command, ids, validation);
  } catch (const std::exception& failure) {
    std::cerr << "silex validate: " << failure.what() << "\n";
    return kUsage;
  }
  command.json ? print_json(std::cout, validation) : print_text(std::cout, validation);
  if (!command.junit.empty()) {
    std::ofstream out(command.junit, std::ios::binary);
    print_junit(out, validation);
    out.close();
    if (!out) {
      std::cerr << "silex validate: " << command.junit.string()
                << " could not be written: is there room, and may you write there?\n";
      return kUsage;
    }
  }
  return validation.count(validate::Result::failed) == 0 ? kFine : kWrong;
}

int list_checks() {
  for (const validate::Check& check : validate::all_checks()) {
    std::cout << std::left << std::setw(26) << check.id << std::setw(9)
              << (check.severity == validate::Severity::error ? "error" : "warning") << check.about << "\n";
  }
  return kFine;
}

int turn_validation() {
  const auto file = platform::environment_value(SILEX_VALIDATE_LIBRARY);
  platform::Library library;
  std::string why;
  if (!file || !platform::Library::open(*file, library, why)) {
    std::cerr << "silex: this is started by silex validate alone" << (why.empty() ? "" : ": ") << why << "\n";
    return kUsage;
  }
  const auto turn = reinterpret_cast<silex_validate_function>(library.symbol(SILEX_VALIDATE_SYMBOL));
  while (turn(nullptr)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return kFine;
}

std::vector<std::string> take_host_command(std::vector<std::string>& arguments) {
  std::vector<std::string> command;
  if (arguments.empty() || arguments.front() != "validate") return command;
  const auto host = std::find(arguments.begin(), arguments.end(), "--host");
  if (host == arguments.end() || host + 1 == arguments.end()) return command;
  command.assign(host + 1, arguments.end());
  arguments.erase(host, arguments.end());
  return command;
}

}  // namespace silex::cli
