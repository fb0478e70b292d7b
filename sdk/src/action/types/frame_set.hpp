// Frames as artists write them: "1-50x5", "42,78-102". Value type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silex::action {

class FrameSet {
 public:
  // More are a slip of the pen, and would fill the memory.
  static constexpr std::size_t kMostFrames = 1'000'000;

  FrameSet() = default;
  // Runs of frames at one distance become ranges.
  explicit FrameSet(const std::vector<std::int64_t>& frames);

  // Ranges with commas between them: "7", "1-10", "10-1", "1-10x3", "-5--1"; "" is no frame. Nothing where it
  // is none, or has more than kMostFrames.
  static std::optional<FrameSet> parse(std::string_view text);

  // In the order in which they are written, each once.
  [[nodiscard]] std::vector<std::int64_t> frames() const;
  [[nodiscard]] std::string text() const;

 private:
  // From first towards last, which need not be one of them.
  struct Range {
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t step = 1;  // 1 or more, in either direction
    [[nodiscard]] std::size_t count() const noexcept;
  };
  static std::optional<Range> parse_range(std::string_view text);

  std::vector<Range> ranges_;
};

}  // namespace silex::action
