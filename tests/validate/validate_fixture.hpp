// silex validate as one types it, and its report as a script reads it.
#pragma once

#include "silex_command.hpp"

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace silex::test {

class Validate : public SilexCommand {
 protected:
  static std::string broken(const std::string& name) {
    return std::string(SILEX_TEST_BROKEN) + "/" + name + "/silex_adapter_validated.so";
  }
  static std::string in_host(const std::string& mode) {
    return std::string(" --host ") + SILEX_TEST_HOST + " " + mode;
  }

  static Ended validate(const std::string& arguments) { return run("validate " + arguments); }

  struct Report {
    int code = -1;
    nlohmann::json json;

    // The ids of those that ended so.
    [[nodiscard]] std::set<std::string> ids(const std::string& result) const {
      std::set<std::string> found;
      for (const auto& check : json["checks"]) {
        if (check["result"] == result) found.insert(check["id"].get<std::string>());
      }
      return found;
    }
    [[nodiscard]] std::string text(const std::string& id) const {
      for (const auto& check : json["checks"]) {
        if (check["id"] == id) return check["text"];
      }
      return "no check " + id;
    }
  };
  static Report report(const std::string& arguments) {
    const Ended ended = validate("--json " + arguments);
    return {ended.code, nlohmann::json::parse(ended.output)};
  }
  // Of --list.
  static std::set<std::string> all_ids() {
    std::istringstream lines(validate("--list").output);
    std::set<std::string> ids;
    for (std::string line; std::getline(lines, line);) ids.insert(line.substr(0, line.find(' ')));
    return ids;
  }
};

}  // namespace silex::test
