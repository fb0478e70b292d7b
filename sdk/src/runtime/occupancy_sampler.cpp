#include "runtime/occupancy_sampler.hpp"

#include <algorithm>
#include <chrono>

namespace silex {

namespace {

// Less than this in all three together is what an idle runtime takes for itself.
constexpr Duration kQuiet = std::chrono::milliseconds(1);

}  // namespace

// Each task has a sum that only grows: what ended, and what runs up to now. What it grew by is told. Where
// work ends between the two looks, the sum seems to shrink until the next sample: it is kept until then.
LaneReport OccupancySampler::sample_lane(TimePoint now, const Lane& lane, Totals& totals) const {
  for (const auto& [task, busy] : lane.ended) totals[task].ended += busy;
  std::map<silex_task_id, Duration> running;
  for (const auto& [task, since] : lane.running) {
    running[task] += now - std::min(now, since);
    totals.try_emplace(task);
  }
  LaneReport report;
  for (auto at = totals.begin(); at != totals.end();) {
    auto& [task, total] = *at;
    const auto live = running.find(task);
    const Duration sum = total.ended + (live == running.end() ? Duration(0) : live->second);
    const Duration grown = std::max(sum - total.told, Duration(0));
    total.told += grown;
    if (grown > Duration(0)) {
      report.tasks.push_back({task, grown, {}});
      report.busy += grown;
    }
    const bool is_over = live == running.end();
    const bool is_settled = is_over && (total.told == total.ended || total.was_missed);
    total.was_missed = is_over;
    at = is_settled ? totals.erase(at) : std::next(at);
  }
  return report;
}

bool OccupancySampler::sample(TimePoint now, const Lane& loop, const Lane& main, const Lane& workers,
                              OccupancyReport& report) {
  report.interval = last_ ? now - *last_ : Duration(0);
  const bool is_first = !last_;
  last_ = now;
  report.loop = sample_lane(now, loop, totals_[0]);
  report.main = sample_lane(now, main, totals_[1]);
  report.workers = sample_lane(now, workers, totals_[2]);
  if (is_first) return false;  // it began some time before
  const bool is_busy = report.loop.busy + report.main.busy + report.workers.busy >= kQuiet ||
                       report.calls_waiting > 0 || report.jobs_waiting > 0;
  const bool is_news = is_busy || told_busy_;
  told_busy_ = is_busy;
  return is_news;
}

}  // namespace silex
