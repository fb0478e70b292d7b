// silex hub: the Silex service of samples/hub, and its page.
#pragma once

#include <string>
#include <vector>

namespace silex::cli {

struct HubCommand {
  bool no_browser = false;
  std::vector<std::string> options;  // the hub's own
};

// Becomes the hub, so that what ends this ends the hub; comes back only where it could not be started.
int hub(const HubCommand& command);

}  // namespace silex::cli
