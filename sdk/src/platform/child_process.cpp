#include "platform/child_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace silex::platform {

namespace {

constexpr int kPollMs = 20;
constexpr std::size_t kLongestLine = std::size_t{64} << 10U;

std::error_code code(int error) {
  return {error, std::generic_category()};
}

// An open file of the system's. Never 0, 1 or 2, which a host may have closed: what is to become the child's
// standard output must not stand where its standard error goes.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) noexcept : number_(number) {
    if (number < 0 || number > STDERR_FILENO) return;
    number_ = fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    close(number);
  }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { reset(); }
  void reset() noexcept {
    if (number_ >= 0) close(std::exchange(number_, -1));
  }
  [[nodiscard]] int number() const noexcept { return number_; }

 private:
  int number_ = -1;
};

// What one stream of the child says, cut into lines.
class Lines {
 public:
  Lines(ChildStream stream, const std::function<void(ChildStream, std::string_view)>& line)
      : stream_(stream), line_(line) {}

  // Makes the pipe; returns the child's end.
  Descriptor open(std::error_code& error) {
    std::array<int, 2> ends{-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
      error = code(errno);
      return {};
    }
    from_ = Descriptor(ends[0]);
    Descriptor to(ends[1]);
    if (from_.number() < 0 || to.number() < 0 || fcntl(from_.number(), F_SETFL, O_NONBLOCK) != 0) {
      error = code(errno);
    }
    return to;
  }
  [[nodiscard]] int number() const noexcept { return from_.number(); }

  // Reads what is there. False where there is nothing any more, or not yet.
  bool read() {
    if (from_.number() < 0) return false;
    std::array<char, kLongestLine> buffer{};
    const ssize_t count = ::read(from_.number(), buffer.data(), buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (count <= 0) {
      from_.reset();
      return false;
    }
    take(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
    return true;
  }
  void finish() {
    if (!begun_.empty()) say(std::exchange(begun_, {}));
  }

 private:
  void take(std::string_view text) {
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
      say(std::exchange(begun_, {}) += text.substr(0, end));
      text.remove_prefix(end + 1);
    }
    begun_ += text;
    if (begun_.size() >= kLongestLine) finish();
  }
  void say(std::string_view text) {
    if (text.ends_with('\r')) text.remove_suffix(1);
    line_(stream_, text);
  }

  const ChildStream stream_;
  const std::function<void(ChildStream, std::string_view)>& line_;
  Descriptor from_;
  std::string begun_;  // a line whose end has not come yet
};

// The program's path; the name itself where it is one already.
std::string find_program(const ChildProcess& child, std::error_code& error) {
  const std::string& name = child.command.front();
  if (name.find('/') != std::string::npos) return name;
  std::string_view path = "/usr/local/bin:/usr/bin:/bin";
  for (const std::string& variable : child.environment) {
    if (variable.starts_with("PATH=")) path = std::string_view(variable).substr(5);
  }
  error = std::make_error_code(std::errc::no_such_file_or_directory);
  for (bool more = !name.empty(); more;) {
    const std::size_t end = std::min(path.find(':'), path.size());
    more = end < path.size();
    const std::filesystem::path candidate = std::filesystem::path(path.substr(0, end)) / name;
    path.remove_prefix(more ? end + 1 : end);
    std::error_code ignored;
    // Where it is relative, to the folder in which the program runs.
    const std::filesystem::path seen = child.directory / candidate;
    if (!std::filesystem::is_regular_file(seen, ignored)) continue;
    if (access(seen.c_str(), X_OK) != 0) {
      error = std::make_error_code(std::errc::permission_denied);  // unless there is another one
      continue;
    }
    error.clear();
    return candidate.has_parent_path() ? candidate.string() : "./" + name;
  }
  return name;
}

// Those that posix_spawn() takes, which end in nullptr and are not const.
std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all(texts.size() + 1);
  std::transform(texts.begin(), texts.end(), all.begin(), [](std::string& text) { return text.data(); });
  return all;
}

// How it is to be started.
class Spawning {
 public:
  Spawning() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
  }
  Spawning(const Spawning&) = delete;
  Spawning& operator=(const Spawning&) = delete;
  ~Spawning() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  std::error_code start(const ChildProcess& child, const Descriptor& output, const Descriptor& errors,
                        pid_t& pid) {
    std::error_code error;
    const std::string program = find_program(child, error);
    if (error) return error;
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output.number(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, errors.number(), STDERR_FILENO);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    // Not every library in a host marks its files as its own.
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
#endif
    if (!child.directory.empty()) posix_spawn_file_actions_addchdir_np(&actions_, child.directory.c_str());
    // Threads of ours block all signals, and hosts ignore some: a child inherits both.
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    sigfillset(&signals);
    sigdelset(&signals, SIGKILL);
    sigdelset(&signals, SIGSTOP);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, static_cast<short>(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                                              POSIX_SPAWN_SETSIGDEF));
    std::vector<std::string> arguments = child.command;
    std::vector<std::string> environment = child.environment;
    return code(posix_spawn(&pid, program.c_str(), &actions_, &attributes_, pointers(arguments).data(),
                            pointers(environment).data()));
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

// A running child and its process group. Its number is its own until it is reaped, which happens last.
class Running {
 public:
  explicit Running(pid_t pid) noexcept : pid_(pid) {}
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    if (is_reaped_) return;
    kill_group(SIGKILL);
    while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }

  [[nodiscard]] bool has_ended() const {
    siginfo_t info{};
    const int failed = waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
    return failed ? errno == ECHILD : info.si_pid == pid_;
  }
  void kill_group(int signal) const noexcept { ::kill(-pid_, signal); }

  void reap(ChildEnd& end) {
    int status = 0;
    pid_t reaped = 0;
    while ((reaped = waitpid(pid_, &status, 0)) < 0 && errno == EINTR) {
    }
    is_reaped_ = true;
    // A host that ignores SIGCHLD, or that waits for any child, has had the status.
    if (reaped != pid_) return;
    if (WIFEXITED(status)) end.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) end.signal = WTERMSIG(status);
  }

 private:
  const pid_t pid_;
  bool is_reaped_ = false;
};

// Asks once, and kills after a while.
class Stopping {
 public:
  Stopping(const ChildProcess& child, const std::function<bool()>& requested)
      : grace_(child.grace), requested_(requested) {}

  // True once it was asked to end.
  bool update(const Running& running) {
    const auto now = std::chrono::steady_clock::now();
    if (!asked_ && requested_()) {
      asked_ = true;
      deadline_ = now + grace_;
      running.kill_group(SIGTERM);
    } else if (asked_ && now >= deadline_) {
      running.kill_group(SIGKILL);
    }
    return asked_;
  }

 private:
  const std::chrono::nanoseconds grace_;
  const std::function<bool()>& requested_;
  bool asked_ = false;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace

ChildEnd run_child_process(const ChildProcess& child, const std::function<bool()>& stop_requested,
                           const std::function<void(ChildStream, std::string_view)>& line) {
  ChildEnd end;
  if (child.command.empty()) {
    end.not_started = std::make_error_code(std::errc::invalid_argument);
    return end;
  }
  Lines output(ChildStream::output, line);
  Lines errors(ChildStream::errors, line);
  Descriptor output_end = output.open(end.not_started);
  Descriptor errors_end = errors.open(end.not_started);
  pid_t pid = -1;
  if (!end.not_started) end.not_started = Spawning().start(child, output_end, errors_end, pid);
  if (end.not_started) return end;
  output_end.reset();
  errors_end.reset();

  Running running(pid);
  Stopping stopping(child, stop_requested);
  while (!running.has_ended()) {
    std::array<pollfd, 2> ready{pollfd{output.number(), POLLIN, 0}, pollfd{errors.number(), POLLIN, 0}};
    poll(ready.data(), ready.size(), kPollMs);
    output.read();
    errors.read();
    end.stopped = stopping.update(running);
  }
  if (end.stopped) running.kill_group(SIGKILL);
  running.reap(end);
  // A pipe holds 1 MiB at most; who writes on is a process in the background.
  constexpr int kReads = 16;
  for (Lines* const lines : {&output, &errors}) {
    for (int reads = 0; reads < kReads && lines->read(); ++reads) {
    }
    lines->finish();
  }
  return end;
}

std::string signal_name(int signal) {
  switch (signal) {
    case SIGSEGV:
      return "SIGSEGV (an address that is not mapped)";
    case SIGBUS:
      return "SIGBUS (a page that is not there)";
    case SIGABRT:
      return "SIGABRT (abort(), or an exception that nobody catches)";
    case SIGFPE:
      return "SIGFPE (a division by zero)";
    case SIGILL:
      return "SIGILL (no instruction of this machine)";
    case SIGKILL:
      return "SIGKILL";
    case SIGTERM:
      return "SIGTERM";
    default:
      return "the signal " + std::to_string(signal);
  }
}

}  // namespace silex::platform
