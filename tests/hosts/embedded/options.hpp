// The command line of the mock host.
#pragma once

#include <string>
#include <vector>

namespace host {

struct Options {
  std::vector<std::string> path;       // --path FOLDER: put on sys.path, in this order
  std::string host;                    // --host MODULE: imported first; none: Python alone
  std::string mode = "gui";            // --mode gui|batch
  double limit_seconds = 60;           // --limit SECONDS: then it is a hang, see Watchdog
  std::string scenario;                // the script
  std::vector<std::string> arguments;  // sys.argv[1:]
};

// Says what is wrong and exits with 2 where it cannot be understood.
Options parse_options(int count, char** values);

}  // namespace host
