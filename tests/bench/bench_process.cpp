#include "bench_process.hpp"

#include "child_process.hpp"

#include <array>
#include <sstream>

#include <sys/wait.h>
#include <unistd.h>

namespace silex::bench {

nlohmann::json output_of(const std::vector<std::string>& command) {
  const test::ChildProcess child = test::start_child(command);
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
