// What the user is warned of through `/front-event`: each once, not per tick. Pure; net sequence only.
//
// The event is "hostStatus", its payload {"type", "name", "seconds", "message", "uuid"}: `type` is one of
// loopStalled, loopResumed, slowCall, hostBusy, hostResponsive, hostGone and reconnected; `name` the task or
// call that is to blame, "" when nobody is known; `seconds` how long it has lasted so far or lasted in all;
// `message` one sentence for people; `uuid` the context's.
#pragma once

#include "net/codec/packet.hpp"
#include "net/sequence.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace silex::net {

// An event of the runtime's watchdogs (silex/event.h) in plain values.
struct RuntimeReport {
  enum class Kind { loop_stalled, loop_resumed, slow_call, host_busy, host_responsive, host_gone };
  Kind kind = Kind::loop_stalled;
  std::string name;
  Duration duration{};
  std::string message;
};

class Warnings {
 public:
  static constexpr const char* event = "hostStatus";

  explicit Warnings(std::string context_uuid) : uuid_(std::move(context_uuid)) {}

  // What is new in `report`, to be logged and told; nothing where the same was reported before. Kept until it
  // is told or no longer true.
  std::optional<Json> report(const RuntimeReport& report);
  Json reconnected(Duration away);

  // What is true and not told yet, and counts as told from now on.
  std::vector<Json> take_untold();
  // `payload` did not arrive: it is told again if it is still true.
  void not_arrived(const Json& payload);

 private:
  struct Standing {
    Json payload;
    bool told = false;
  };
  Json payload(const char* type, const std::string& name, Duration duration,
               const std::string& message) const;
  std::optional<Json> begin(const char* type, Json payload);
  std::optional<Json> end(const char* type, Json payload);

  std::string uuid_;
  std::map<std::string, Standing, std::less<>> standing_;  // by type
  std::vector<Json> passing_;                              // told once, then forgotten
};

}  // namespace silex::net
