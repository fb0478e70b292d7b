// A child process of the benchmark: a server that says "listening <port>", or a client that prints its
// figures.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <sys/types.h>

namespace silex::bench {

class Process {
 public:
  explicit Process(std::vector<std::string> command);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  int port() const { return port_; }
  void kill();
  void restart();  // with the port as one more argument

 private:
  void start();
  std::vector<std::string> command_;
  int port_ = 0;
  pid_t pid_ = -1;
  int input_ = -1;
};

// The last line the command prints, as JSON; an empty object when it fails.
nlohmann::json output_of(const std::vector<std::string>& command);

}  // namespace silex::bench
