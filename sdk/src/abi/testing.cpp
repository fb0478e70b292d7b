#include "abi/testing.hpp"

#include "abi/report.hpp"
#include "abi/runtime_handle.hpp"

namespace silex::abi {

const silex_testing& testing() noexcept {
  static const silex_testing table{
      sizeof table,
      [](silex_runtime* runtime) {
        return guard([&] { return runtime ? runtime->stop_clock() : null_runtime(); });
      },
      [](silex_runtime* runtime, std::uint64_t by_ns) {
        return guard([&] { return runtime ? runtime->advance_clock(by_ns) : null_runtime(); });
      },
      [](silex_runtime* runtime) {
        const auto core = runtime && !runtime->is_forked() ? runtime->hold_core() : nullptr;
        return !core || core->is_quiet();
      }};
  return table;
}

}  // namespace silex::abi
