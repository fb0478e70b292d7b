#include "action/types/frame_set.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_set>

namespace silex::action {

namespace {

constexpr std::int64_t kFarthest = 1'000'000'000;

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Takes a number off the front.
std::optional<std::int64_t> take_number(std::string_view& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number > kFarthest || number < -kFarthest) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

}  // namespace

std::size_t FrameSet::Range::count() const noexcept {
  const std::int64_t length = first < last ? last - first : first - last;
  return static_cast<std::size_t>(length / step) + 1;
}

FrameSet::FrameSet(const std::vector<std::int64_t>& frames) {
  for (std::size_t i = 0; i < frames.size();) {
    std::size_t end = i + 1;
    const std::int64_t distance = end < frames.size() ? frames[end] - frames[i] : 0;
    while (distance != 0 && end < frames.size() && frames[end] - frames[end - 1] == distance) ++end;
    // Two frames are a range only where nothing is between them.
    if (end - i == 2 && distance != 1) end = i + 1;
    ranges_.push_back({frames[i], frames[end - 1], end - i > 1 ? std::max(distance, -distance) : 1});
    i = end;
  }
}

std::optional<FrameSet::Range> FrameSet::parse_range(std::string_view text) {
  const auto first = take_number(text);
  if (!first) return std::nullopt;
  Range range{*first, *first};
  if (text.empty()) return range;
  if (!text.starts_with('-')) return std::nullopt;
  text.remove_prefix(1);
  const auto last = take_number(text);
  if (!last) return std::nullopt;
  range.last = *last;
  if (text.empty()) return range;
  if (!text.starts_with('x')) return std::nullopt;
  text.remove_prefix(1);
  const auto step = take_number(text);
  if (!step || *step < 1 || !text.empty()) return std::nullopt;
  range.step = *step;
  return range;
}

std::optional<FrameSet> FrameSet::parse(std::string_view text) {
  FrameSet set;
  std::size_t count = 0;
  text = trimmed(text);
  if (text.empty()) return set;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const auto range = parse_range(trimmed(text.substr(begin, end - begin)));
    if (!range) return std::nullopt;
    count += range->count();
    if (count > kMostFrames) return std::nullopt;
    set.ranges_.push_back(*range);
    begin = end + 1;
  }
  return set;
}

std::vector<std::int64_t> FrameSet::frames() const {
  std::vector<std::int64_t> frames;
  std::unordered_set<std::int64_t> seen;
  for (const Range& range : ranges_) {
    const std::int64_t step = range.first <= range.last ? range.step : -range.step;
    std::int64_t frame = range.first;
    for (std::size_t i = 0; i < range.count(); ++i, frame += step) {
      if (seen.insert(frame).second) frames.push_back(frame);
    }
  }
  return frames;
}

std::string FrameSet::text() const {
  std::string text;
  for (const Range& range : ranges_) {
    if (!text.empty()) text += ",";
    text += std::to_string(range.first);
    if (range.first != range.last) text += "-" + std::to_string(range.last);
    if (range.step != 1 && range.first != range.last) text += "x" + std::to_string(range.step);
  }
  return text;
}

}  // namespace silex::action
