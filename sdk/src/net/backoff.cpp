#include "net/backoff.hpp"

#include <algorithm>

namespace silex::net {

Backoff::Backoff(const BackoffOptions& options, std::function<double()> random)
    : options_(options), random_(std::move(random)), base_(options.first) {}

Duration Backoff::next() {
  const Duration longest = options_.longest;
  const Duration nominal = std::min(base_, longest);
  base_ = std::min(nominal * 2, longest);
  const double kept = 1.0 - std::clamp(options_.jitter, 0.0, 1.0) * random_();
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::nano>(nominal) * kept);
}

}  // namespace silex::net
