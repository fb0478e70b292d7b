// A program that is run to its end, its output read line by line.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace silex::platform {

struct ChildProcess {
  std::vector<std::string> command;      // the program, as a path or as a name to look up, and its arguments
  std::filesystem::path directory{};     // in which it runs; "": this process's
  std::vector<std::string> environment;  // "NAME=value"; all that it gets, and whose PATH is searched
  std::chrono::nanoseconds grace = std::chrono::seconds(2);  // between asking it to end and killing it
};

enum class ChildStream { output, errors };

struct ChildEnd {
  std::error_code not_started{};   // no_such_file_or_directory: there is no such program
  std::optional<int> exit_code{};  // none where a signal ended it, or where the host took its status first
  int signal = 0;                  // the one that ended it
  bool stopped = false;            // because stop_requested() said so
};

// Runs it and waits for its end; what it leaves running in the background is not waited for. It leads a
// process group of its own, has no standard input and no other file of this process. A line comes without its
// end, and in pieces where it is longer than 64 KiB. [any-thread] Blocks; calls both functions on this
// thread, stop_requested() about every 20 ms. Where one of them throws, the process group is killed.
ChildEnd run_child_process(const ChildProcess& child, const std::function<bool()>& stop_requested,
                           const std::function<void(ChildStream, std::string_view)>& line);

// What ended it, for people: "SIGABRT (abort(), or an exception that nobody catches)", or "the signal 42".
std::string signal_name(int signal);

}  // namespace silex::platform
