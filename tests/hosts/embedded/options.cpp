#include "options.hpp"

#include <cstdio>
#include <cstdlib>

namespace host {

namespace {

[[noreturn]] void refuse(const std::string& what) {
  std::fprintf(stderr,
               "silex_embedded_host: %s\nusage: silex_embedded_host [--path FOLDER]... [--host MODULE] "
               "[--mode gui|batch] [--limit SECONDS] SCENARIO.py [ARGUMENT]...\n",
               what.c_str());
  std::exit(2);
}

}  // namespace

Options parse_options(int count, char** values) {
  Options options;
  int i = 1;
  const auto value_of = [&](const std::string& option) -> std::string {
    if (++i >= count) refuse(option + " needs a value");
    return values[i];
  };
  for (; i < count && values[i][0] == '-'; ++i) {
    const std::string option = values[i];
    if (option == "--path") {
      options.path.push_back(value_of(option));
    } else if (option == "--host") {
      options.host = value_of(option);
    } else if (option == "--mode") {
      options.mode = value_of(option);
    } else if (option == "--limit") {
      options.limit_seconds = std::strtod(value_of(option).c_str(), nullptr);
    } else {
      refuse("there is no option " + option);
    }
  }
  if (options.mode != "gui" && options.mode != "batch") refuse("--mode is gui or batch");
  if (!(options.limit_seconds > 0)) refuse("--limit is a number of seconds");
  if (i >= count) refuse("which scenario?");
  options.scenario = values[i++];
  options.arguments.assign(values + i, values + count);
  return options;
}

}  // namespace host
