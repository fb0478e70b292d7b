// How long to wait before the next attempt: doubles from `first` to `longest`, for ever. Net sequence only.
#pragma once

#include "net/sequence.hpp"

#include <chrono>
#include <functional>

namespace silex::net {

struct BackoffOptions {
  std::chrono::milliseconds first{500};
  std::chrono::milliseconds longest{5000};
  // A wait is shortened by up to this part of itself, 0 to 1, so that the clients of one server that fell do
  // not all come back in the same instant. Never lengthened: `longest` is a promise.
  double jitter = 0.25;
};

class Backoff {
 public:
  // `random` returns numbers from [0, 1).
  Backoff(const BackoffOptions& options, std::function<double()> random);

  // The wait before the next attempt; each call doubles the following one.
  Duration next();

  // The next wait is the first one again.
  void reset() { base_ = options_.first; }

 private:
  BackoffOptions options_;
  std::function<double()> random_;
  Duration base_;
};

}  // namespace silex::net
