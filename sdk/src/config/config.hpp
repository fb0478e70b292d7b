// How Silex behaves in this process. Plain values with their defaults; key_table.cpp says what may be in
// each.
#pragma once

#include <silex/log.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace silex::config {

using Duration = std::chrono::nanoseconds;
using Headers = std::vector<std::pair<std::string, std::string>>;

struct Service {
  std::string url = "ws://127.0.0.1:5118";
  std::string path = "/socket.io/";
  Duration connect_timeout = std::chrono::seconds(2);
  bool verify_certificate = true;
  std::string ca_file;  // "": the system's authorities
  bool compress = true;
  std::string token_file;  // "": none
  std::string proxy;       // "": what the environment says
  Headers headers;
  Duration metrics = std::chrono::milliseconds(500);  // 0: never
};

struct Reconnect {
  Duration first = std::chrono::milliseconds(500);
  Duration longest = std::chrono::seconds(5);
  double jitter = 0.25;  // 0 to 1
};

struct Outbox {
  std::uint64_t events = 10'000;
  std::uint64_t bytes = std::uint64_t{64} << 20;
};

struct Runtime {
  std::uint64_t workers = 0;  // 0: as many as the hardware has threads, at least 2
  std::uint64_t worker_queue = 1024;
  Duration drain_budget = std::chrono::milliseconds(8);
  Duration linger = std::chrono::microseconds(200);
  Duration loop_stall = std::chrono::milliseconds(250);
  Duration slow_call = std::chrono::milliseconds(50);
  Duration host_busy = std::chrono::seconds(2);
  Duration no_pump = std::chrono::seconds(10);
  Duration stop_timeout = std::chrono::seconds(2);
};

struct Log {
  // Nothing: INFO, but the host's own sink is given all.
  std::optional<silex_log_level> level;
  std::string folder;  // "": no file
  std::uint64_t file_size = std::uint64_t{10} << 20;
  std::uint64_t files = 3;  // older ones, beside the one that is written
};

struct Adapters {
  std::vector<std::string> path;  // folders
};

struct Config {
  Service service;
  Reconnect reconnect;
  Outbox outbox;
  Runtime runtime;
  Log log;
  Adapters adapters;
};

}  // namespace silex::config
