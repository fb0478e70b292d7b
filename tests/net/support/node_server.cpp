#include "support/node_server.hpp"

#include <filesystem>
#include <stdexcept>
#include <utility>

#include <signal.h>
#include <unistd.h>

namespace silex::net::test {
namespace {

const std::string peers = SILEX_TEST_PEERS_DIR;

}  // namespace

bool NodeServer::available() {
  const char* elsewhere = ::getenv("NODE_PATH");
  const bool hub = std::filesystem::exists(peers + "/../../samples/hub/node_modules/socket.io");
  return hub && (std::filesystem::exists(peers + "/node_modules/socket.io") ||
                 (elsewhere != nullptr && std::filesystem::exists(std::string(elsewhere) + "/socket.io")));
}

NodeServer::NodeServer(nlohmann::json options, const std::string& script)
    : process_([options = std::move(options), path = peers + "/" + script](int port) mutable {
        if (port != 0) options["port"] = port;
        return std::vector<std::string>{"node", path, options.dump()};
      }) {}

void NodeServer::command(const nlohmann::json& command) {
  const std::string line = command.dump() + "\n";
  if (::write(process_.input(), line.data(), line.size()) < 0)
    throw std::runtime_error("the node server is gone");
}

void NodeServer::freeze() {
  ::kill(process_.pid(), SIGSTOP);
}
void NodeServer::thaw() {
  ::kill(process_.pid(), SIGCONT);
}

}  // namespace silex::net::test
