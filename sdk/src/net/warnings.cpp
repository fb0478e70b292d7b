#include "net/warnings.hpp"

#include <chrono>
#include <cstdio>
#include <utility>

namespace silex::net {
namespace {

double seconds(Duration duration) {
  return static_cast<double>(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count()) /
         1000.0;
}

}  // namespace

std::optional<Json> Warnings::report(const RuntimeReport& report) {
  const auto as = [&](const char* type) {
    return payload(type, report.name, report.duration, report.message);
  };
  switch (report.kind) {
    case RuntimeReport::Kind::loop_stalled:
      return begin("loopStalled", as("loopStalled"));
    case RuntimeReport::Kind::loop_resumed:
      return end("loopStalled", as("loopResumed"));
    case RuntimeReport::Kind::host_busy:
      return begin("hostBusy", as("hostBusy"));
    case RuntimeReport::Kind::host_responsive:
      return end("hostBusy", as("hostResponsive"));
    case RuntimeReport::Kind::host_gone:
      return begin("hostGone", as("hostGone"));
    case RuntimeReport::Kind::slow_call:
      break;
  }
  // Without a connection only the latest are of interest.
  if (passing_.size() >= 16) passing_.erase(passing_.begin());
  return passing_.emplace_back(as("slowCall"));
}

Json Warnings::reconnected(Duration away) {
  char text[96];
  std::snprintf(text, sizeof text, "the connection is back; it was away for %.1f s", seconds(away));
  // The last one says it all.
  std::erase_if(passing_, [](const Json& earlier) { return earlier["type"] == "reconnected"; });
  return passing_.emplace_back(payload("reconnected", "", away, text));
}

std::vector<Json> Warnings::take_untold() {
  std::vector<Json> untold;
  for (auto& [type, standing] : standing_) {
    if (!std::exchange(standing.told, true)) untold.push_back(standing.payload);
  }
  for (Json& payload : std::exchange(passing_, {})) untold.push_back(std::move(payload));
  return untold;
}

void Warnings::not_arrived(const Json& payload) {
  const auto found = standing_.find(payload["type"].get_ref<const std::string&>());
  if (found != standing_.end() && found->second.payload == payload) found->second.told = false;
}

Json Warnings::payload(const char* type, const std::string& name, Duration duration,
                       const std::string& message) const {
  return {
      {"type", type}, {"name", name}, {"seconds", seconds(duration)}, {"message", message}, {"uuid", uuid_}};
}

std::optional<Json> Warnings::begin(const char* type, Json payload) {
  const auto [entry, fresh] = standing_.try_emplace(type, Standing{payload, false});
  if (!fresh && entry->second.payload["name"] == payload["name"]) return std::nullopt;
  entry->second = {payload, false};
  return payload;
}

// Nobody needs to hear of the end of what nobody heard of.
std::optional<Json> Warnings::end(const char* type, Json payload) {
  const auto found = standing_.find(type);
  if (found == standing_.end()) return std::nullopt;
  if (found->second.told) passing_.push_back(payload);
  standing_.erase(found);
  return payload;
}

}  // namespace silex::net
