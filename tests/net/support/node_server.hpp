// A script of tests/peers in a node process of its own, npm's Socket.IO server (socketio_server.js) unless
// told otherwise.
#pragma once

#include "child_process.hpp"

#include <string>

#include <nlohmann/json.hpp>

namespace silex::net::test {

class NodeServer {
 public:
  // Whether node and the packages of tests/peers and samples/hub are there; tests/peers/setup.sh installs
  // them.
  static bool available();

  explicit NodeServer(nlohmann::json options = nlohmann::json::object(),
                      const std::string& script = "socketio_server.js");

  [[nodiscard]] int port() const { return process_.port(); }
  [[nodiscard]] std::string url() const { return "ws://127.0.0.1:" + std::to_string(port()); }

  void command(const nlohmann::json& command);
  void kill() { process_.kill(); }        // as a crash: SIGKILL
  void restart() { process_.restart(); }  // on the same port; returns when it listens
  void freeze();                          // SIGSTOP: connections stay, nobody answers
  void thaw();

 private:
  silex::test::ServerProcess process_;
};

}  // namespace silex::net::test
