#include "abi/occupancy_payload.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace silex::abi {

namespace {

// Of one kind of thread; the rest is told as one that has no name.
constexpr std::size_t kRows = 32;

// Microseconds are all that anybody can see.
double seconds(Duration duration) {
  return static_cast<double>(std::chrono::duration_cast<std::chrono::microseconds>(duration).count()) / 1e6;
}

struct Row {
  std::string action;
  std::string name;
  Duration busy{};
};

// Many short tasks may have done one command's work.
std::vector<Row> rows_of(const LaneReport& lane, action::ActionTable& actions) {
  std::map<std::pair<std::string, std::string>, Duration> sums;
  for (const auto& [task, busy, name] : lane.tasks) {
    const auto work = actions.work_of(task);
    sums[{work.action, work.name.empty() ? name : work.name}] += busy;
  }
  std::vector<Row> rows;
  rows.reserve(sums.size());
  for (const auto& [whose, busy] : sums) rows.push_back({whose.first, whose.second, busy});
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.busy > b.busy; });
  if (rows.size() <= kRows) return rows;
  Row rest;
  for (std::size_t i = kRows - 1; i < rows.size(); ++i) rest.busy += rows[i].busy;
  rows.resize(kRows - 1);
  rows.push_back(std::move(rest));
  return rows;
}

net::Json lane_payload(const LaneReport& lane, action::ActionTable& actions) {
  net::Json tasks = net::Json::array();
  for (const Row& row : rows_of(lane, actions)) {
    net::Json task = {{"name", row.name}, {"busy", seconds(row.busy)}};
    if (!row.action.empty()) task["action"] = row.action;
    tasks.push_back(std::move(task));
  }
  return {{"busy", seconds(lane.busy)}, {"tasks", std::move(tasks)}};
}

}  // namespace

net::Json occupancy_payload(const OccupancyReport& report, action::ActionTable& actions) {
  const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  net::Json payload = {{"type", "metrics"},
                       {"time", static_cast<double>(time.count()) / 1000.0},
                       {"seconds", seconds(report.interval)},
                       {"loop", lane_payload(report.loop, actions)},
                       {"main", lane_payload(report.main, actions)},
                       {"workers", lane_payload(report.workers, actions)},
                       {"calls_waiting", report.calls_waiting},
                       {"jobs_waiting", report.jobs_waiting}};
  payload["workers"]["threads"] = report.worker_threads;
  actions.forget_ended_tasks();
  return payload;
}

}  // namespace silex::abi
