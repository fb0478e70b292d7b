#include "child_process.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace silex::test {

ChildProcess start_child(const std::vector<std::string>& command) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe");
  std::vector<char*> arguments;
  for (const auto& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(in[0], STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(out[1]);
  return {pid, in[1], out[0]};
}

ServerProcess::ServerProcess(Command command) : command_(std::move(command)) {
  start();
}

ServerProcess::~ServerProcess() {
  kill();
}

void ServerProcess::start() {
  const auto command = command_(port_);
  child_ = start_child(command);
  std::string line;
  char c = 0;
  while (::read(child_.output, &c, 1) == 1 && c != '\n') line.push_back(c);
  ::close(std::exchange(child_.output, -1));
  if (line.rfind("listening ", 0) != 0) {
    kill();
    std::string words;
    for (const auto& word : command) words += word + " ";
    throw std::runtime_error(words + "does not start: \"" + line + "\"");
  }
  port_ = std::stoi(line.substr(10));
}

void ServerProcess::kill() {
  if (child_.pid > 0) {
    ::kill(child_.pid, SIGKILL);
    ::waitpid(std::exchange(child_.pid, -1), nullptr, 0);
  }
  if (child_.input >= 0) ::close(std::exchange(child_.input, -1));
}

void ServerProcess::restart() {
  kill();
  start();
}

}  // namespace silex::test
