#include "config/key_table.hpp"

#include <array>
#include <cctype>

namespace silex::config {

namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kKiB = 1U << 10U;
constexpr std::uint64_t kGiB = 1U << 30U;

constexpr std::array kSections{
    Section{"service", "The socket service that this process reports to."},
    Section{"reconnect",
            "How long to wait before a lost connection is tried again: doubles from first to longest."},
    Section{
        "outbox",
        "What is kept while there is no connection. Once either bound is reached, new events are dropped."},
    Section{"runtime", "The event loop, its workers and the calls of the host's main thread."},
    Section{"log", "Where the log goes, beside the host's own console."},
    Section{"adapters", "What connects Silex with its host."},
};

const std::array kKeys{
    Key{"service", "url", AddressField{[](Config& c) -> std::string& { return c.service.url; }},
        "The address. A query in it is passed on."},
    Key{"service", "path", UrlPathField{[](Config& c) -> std::string& { return c.service.path; }},
        "Where on the server Socket.IO answers."},
    Key{"service", "connect_timeout",
        DurationField{[](Config& c) -> Duration& { return c.service.connect_timeout; }, 1ms, 10min},
        "For name look-up, TCP, proxy, TLS and hand-shake together."},
    Key{"service", "verify_certificate",
        FlagField{[](Config& c) -> bool& { return c.service.verify_certificate; }},
        "wss:// only. Without it anybody on the way can read and change what is said."},
    Key{"service", "ca_file", FilePathField{[](Config& c) -> std::string& { return c.service.ca_file; }},
        "The authorities to trust in place of the system's: a PEM file."},
    Key{"service", "token_file",
        FilePathField{[](Config& c) -> std::string& { return c.service.token_file; }},
        "What is in this file is sent as auth.token with joining a namespace, unless the program sends its "
        "own."},
    Key{"service", "compress", FlagField{[](Config& c) -> bool& { return c.service.compress; }},
        "Whether to offer compression; the server decides."},
    Key{"service", "proxy", ProxyField{[](Config& c) -> std::string& { return c.service.proxy; }},
        "In place of http_proxy, https_proxy and no_proxy."},
    Key{"service", "headers", HeadersField{[](Config& c) -> Headers& { return c.service.headers; }},
        "Added to the request that opens the connection."},
    Key{"service", "metrics",
        DurationField{[](Config& c) -> Duration& { return c.service.metrics; }, 0ms, 1min},
        "How often users are told what the threads are busy with, while they are; 0: never."},

    Key{"reconnect", "first",
        DurationField{[](Config& c) -> Duration& { return c.reconnect.first; }, 1ms, 1h},
        "Before the first attempt."},
    Key{"reconnect", "longest",
        DurationField{[](Config& c) -> Duration& { return c.reconnect.longest; }, 1ms, 1h},
        "Never more than this; not less than first."},
    Key{"reconnect", "jitter", PartField{[](Config& c) -> double& { return c.reconnect.jitter; }},
        "The part of a wait that chance may take off, so that not all hosts come back in one instant."},

    Key{"outbox", "events",
        CountField{[](Config& c) -> std::uint64_t& { return c.outbox.events; }, 1, 100'000'000}, "Events."},
    Key{"outbox", "bytes",
        BytesField{[](Config& c) -> std::uint64_t& { return c.outbox.bytes; }, kKiB, 64 * kGiB},
        "Their size, together."},

    Key{"runtime", "workers",
        CountField{[](Config& c) -> std::uint64_t& { return c.runtime.workers; }, 0, 1024},
        "Threads for what blocks, at most; 0: as many as the hardware has."},
    Key{"runtime", "worker_queue",
        CountField{[](Config& c) -> std::uint64_t& { return c.runtime.worker_queue; }, 1, 10'000'000},
        "Jobs that may wait for a worker."},
    Key{"runtime", "drain_budget",
        DurationField{[](Config& c) -> Duration& { return c.runtime.drain_budget; }, 1us, 10s},
        "How long a drain goes on starting calls, before the host has its turn."},
    Key{"runtime", "linger", DurationField{[](Config& c) -> Duration& { return c.runtime.linger; }, 0ns, 1s},
        "How long a drain waits for a next call; 0: not."},
    Key{"runtime", "loop_stall",
        DurationField{[](Config& c) -> Duration& { return c.runtime.loop_stall; }, 1ms, 24h},
        "A task that holds the loop for longer is reported."},
    Key{"runtime", "slow_call",
        DurationField{[](Config& c) -> Duration& { return c.runtime.slow_call; }, 1ms, 24h},
        "A call that holds the main thread for longer is reported."},
    Key{"runtime", "host_busy",
        DurationField{[](Config& c) -> Duration& { return c.runtime.host_busy; }, 1ms, 24h},
        "A host that takes no call for longer is reported."},
    Key{"runtime", "no_pump",
        DurationField{[](Config& c) -> Duration& { return c.runtime.no_pump; }, 1ms, 24h},
        "A call that waits for longer in a batch host that nobody pumps fails."},
    Key{"runtime", "stop_timeout",
        DurationField{[](Config& c) -> Duration& { return c.runtime.stop_timeout; }, 1ms, 10min},
        "A stop waits no longer than this for each thread."},

    Key{"log", "level", LevelField{[](Config& c) -> std::optional<silex_log_level>& { return c.log.level; }},
        "What is less severe is left out. Unless it is set, a console of the host's own is given all."},
    Key{"log", "folder", FilePathField{[](Config& c) -> std::string& { return c.log.folder; }},
        "For a file per process, silex-<host>-<process>.log; none: no file."},
    Key{"log", "file_size",
        BytesField{[](Config& c) -> std::uint64_t& { return c.log.file_size; }, 4 * kKiB, 4 * kGiB},
        "A file that would grow past this is put aside, and a new one begun."},
    Key{"log", "files", CountField{[](Config& c) -> std::uint64_t& { return c.log.files; }, 0, 1000},
        "Files put aside that are kept."},

    Key{"adapters", "path",
        FoldersField{[](Config& c) -> std::vector<std::string>& { return c.adapters.path; }},
        "Folders, in full, of adapters and plugins; one that anyone can write in is passed over. "
        "In Python the variable alone counts.",
        "SILEX_ADAPTER_PATH"},
};

}  // namespace

std::span<const Section> sections() {
  return kSections;
}

std::span<const Key> keys() {
  return kKeys;
}

std::string variable_of(const Key& key) {
  if (!key.variable.empty()) return std::string(key.variable);
  std::string name = "SILEX_";
  for (const char c : key.section) name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  name += '_';
  for (const char c : key.name) name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

}  // namespace silex::config
