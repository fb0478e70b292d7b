#include "support/node_server.hpp"

#include <array>
#include <filesystem>
#include <stdexcept>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace silex::net::test {
namespace {

const std::string peers = SILEX_TEST_PEERS_DIR;

std::string read_line(int descriptor) {
  std::string line;
  char c = 0;
  while (::read(descriptor, &c, 1) == 1 && c != '\n') line.push_back(c);
  return line;
}

}  // namespace

bool NodeServer::available() {
  const char* elsewhere = ::getenv("NODE_PATH");
  return std::filesystem::exists(peers + "/node_modules/socket.io") ||
         (elsewhere != nullptr && std::filesystem::exists(std::string(elsewhere) + "/socket.io"));
}

NodeServer::NodeServer(nlohmann::json options, std::string script)
    : options_(std::move(options)), script_(std::move(script)) {
  start();
}

NodeServer::~NodeServer() {
  kill();
}

void NodeServer::start() {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe");
  if (port_ != 0) options_["port"] = port_;
  const std::string script = peers + "/" + script_;
  const std::string setup = options_.dump();
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(in[0], STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    ::execlp("node", "node", script.c_str(), setup.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(out[1]);
  input_ = in[1];
  const std::string line = read_line(out[0]);
  ::close(out[0]);
  if (line.rfind("listening ", 0) != 0) {
    kill();
    throw std::runtime_error("node tests/peers/" + script_ + " does not start: \"" + line + "\"");
  }
  port_ = std::stoi(line.substr(10));
}

void NodeServer::command(const nlohmann::json& command) {
  const std::string line = command.dump() + "\n";
  if (::write(input_, line.data(), line.size()) < 0) throw std::runtime_error("the node server is gone");
}

void NodeServer::kill() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }
  if (input_ >= 0) ::close(input_);
  input_ = -1;
}

void NodeServer::restart() {
  kill();
  start();
}

void NodeServer::freeze() {
  ::kill(pid_, SIGSTOP);
}
void NodeServer::thaw() {
  ::kill(pid_, SIGCONT);
}

}  // namespace silex::net::test
