// Calls on the loop of a run.
#pragma once

#include "runtime/core.hpp"

#include <memory>
#include <utility>

namespace silex::abi {

// Runs `function` on the loop, on behalf of `task`. It runs: the connections of a run close before its loop.
template <typename Function>
void post(Core& core, silex_task_id task, Function function) {
  auto boxed = std::make_unique<Function>(std::move(function));
  core.loop().post(
      task, [](void* data) { (*std::unique_ptr<Function>(static_cast<Function*>(data)))(); }, boxed.get());
  static_cast<void>(boxed.release());
}

}  // namespace silex::abi
