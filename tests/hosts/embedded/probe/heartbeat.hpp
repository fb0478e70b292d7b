// Heartbeat: a 10 ms timer on the loop, as that of a connection would be. A thread that only sleeps stands
// beside it: what makes that one late is the machine, not us.
#pragma once

#include <silex/silex.hpp>

#include <chrono>
#include <memory>

namespace probe {

class Heartbeat {
 public:
  Heartbeat();
  ~Heartbeat();
  void begin(silex::Context context);
  void end(silex::Context context);

  // Between two beats, since begin(), in milliseconds. After end().
  [[nodiscard]] double largest_gap_ms() const;
  // The same of the thread that sleeps.
  [[nodiscard]] double largest_gap_of_sleeper_ms() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace probe
