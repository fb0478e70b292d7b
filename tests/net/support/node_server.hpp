// A script of tests/peers in a node process of its own, npm's Socket.IO server (socketio_server.js) unless
// told otherwise.
#pragma once

#include <string>

#include <nlohmann/json.hpp>
#include <sys/types.h>

namespace silex::net::test {

class NodeServer {
 public:
  // Whether node and the packages of tests/peers are there; tests/peers/setup.sh installs them.
  static bool available();

  explicit NodeServer(nlohmann::json options = nlohmann::json::object(),
                      std::string script = "socketio_server.js");
  ~NodeServer();
  NodeServer(const NodeServer&) = delete;
  NodeServer& operator=(const NodeServer&) = delete;

  int port() const { return port_; }
  std::string url() const { return "ws://127.0.0.1:" + std::to_string(port_); }

  void command(const nlohmann::json& command);
  void kill();     // as a crash: SIGKILL
  void restart();  // on the same port; returns when it listens
  void freeze();   // SIGSTOP: connections stay, nobody answers
  void thaw();

 private:
  void start();

  nlohmann::json options_;
  std::string script_;
  int port_ = 0;
  pid_t pid_ = -1;
  int input_ = -1;  // the process's standard input
};

}  // namespace silex::net::test
