#include "bench_process.hpp"

#include <array>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace silex::bench {
namespace {

struct Child {
  pid_t pid;
  int input;
  int output;
};

Child spawn(const std::vector<std::string>& command) {
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

}  // namespace

Process::Process(std::vector<std::string> command) : command_(std::move(command)) {
  start();
}
Process::~Process() {
  kill();
}

void Process::start() {
  auto command = command_;
  if (port_ != 0) command.push_back(std::to_string(port_));
  const Child child = spawn(command);
  pid_ = child.pid;
  input_ = child.input;
  std::string line;
  char c = 0;
  while (::read(child.output, &c, 1) == 1 && c != '\n') line.push_back(c);
  ::close(child.output);
  if (line.rfind("listening ", 0) != 0) throw std::runtime_error("the server does not start: " + line);
  port_ = std::stoi(line.substr(10));
}

void Process::kill() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }
  if (input_ >= 0) ::close(input_);
  input_ = -1;
}

void Process::restart() {
  kill();
  start();
}

nlohmann::json output_of(const std::vector<std::string>& command) {
  const Child child = spawn(command);
  ::close(child.input);
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t count = 0; (count = ::read(child.output, buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  ::close(child.output);
  ::waitpid(child.pid, nullptr, 0);
  std::istringstream lines(text);
  nlohmann::json last = nlohmann::json::object();
  for (std::string line; std::getline(lines, line);) {
    const auto parsed = nlohmann::json::parse(line, nullptr, false);
    if (parsed.is_object()) last = parsed;
  }
  return last;
}

}  // namespace silex::bench
