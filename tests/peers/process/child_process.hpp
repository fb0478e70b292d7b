// Child processes of tests and benchmarks, whose standard input and output are ours.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace silex::test {

struct ChildProcess {
  pid_t pid = -1;
  int input = -1;   // to write to; whoever is started ends when it is closed
  int output = -1;  // to read from
};

// Throws std::runtime_error.
ChildProcess start_child(const std::vector<std::string>& command);

// A server that says "listening <port>" when it is ready.
class ServerProcess {
 public:
  // The command for a port; 0: any that is free.
  using Command = std::function<std::vector<std::string>(int port)>;

  // Returns when it listens; throws std::runtime_error where it does not come to that.
  explicit ServerProcess(Command command);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] pid_t pid() const { return child_.pid; }
  [[nodiscard]] int input() const { return child_.input; }

  void kill();     // as a crash: SIGKILL
  void restart();  // on the same port; returns when it listens

 private:
  void start();

  const Command command_;
  int port_ = 0;
  ChildProcess child_;
};

}  // namespace silex::test
