// How many commands have each status: what the status of a step and of an action is made of, without looking
// at all of them again. Value type.
#pragma once

#include "action/model/action.hpp"

#include <array>
#include <cstdint>

namespace silex::action {

class Tally {
 public:
  void add(Status status) noexcept { ++counts_[static_cast<std::size_t>(status)]; }
  void remove(Status status) noexcept { --counts_[static_cast<std::size_t>(status)]; }

  // The largest; where that is `initialized` but some are completed, `processing`. Of none: completed.
  [[nodiscard]] Status status() const noexcept {
    std::size_t largest = counts_.size() - 1;
    while (largest > 0 && counts_[largest] == 0) --largest;
    const auto status = static_cast<Status>(largest);
    const bool some_completed = counts_[static_cast<std::size_t>(Status::completed)] != 0;
    return status == Status::initialized && some_completed ? Status::processing : status;
  }

 private:
  std::array<std::uint32_t, 6> counts_{};
};

}  // namespace silex::action
