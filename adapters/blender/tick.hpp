// What Blender's timer calls: one drain of the queue per tick.
#pragma once

#include "tempo.hpp"

#include <atomic>
#include <memory>

#include <embed/tick.hpp>

namespace silex::blender {

class Tick final : public python::Tick {
 public:
  using Now = Tempo::Clock::time_point (*)();

  // `woken` is set by any thread to say that calls came.
  Tick(const python::PythonApi& api, Pump pump, std::shared_ptr<std::atomic<bool>> woken, Now now);

  void abandon() noexcept override;

 private:
  // The seconds until the next tick: one of two floats that are made once, since Blender up to 5.0 at least
  // does not release what a timer returns. (None, which ends the timer, after stop().)
  python::Object* answer(const silex_drain_report& drained) noexcept override;

  const std::shared_ptr<std::atomic<bool>> woken_;
  const Now now_;
  python::Reference hot_;
  python::Reference idle_;
  Tempo tempo_;
};

}  // namespace silex::blender
