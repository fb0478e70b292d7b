#include "tick.hpp"

#include <utility>

namespace silex::blender {

using python::Reference;

Tick::Tick(const python::PythonApi& api, Pump pump, std::shared_ptr<std::atomic<bool>> woken, Now now)
    : python::Tick(api, std::move(pump)),
      woken_(std::move(woken)),
      now_(now),
      hot_(Reference::owned(api, api.PyFloat_FromDouble(Tempo::kHotSeconds))),
      idle_(Reference::owned(api, api.PyFloat_FromDouble(Tempo::kIdleSeconds))) {}

python::Object* Tick::answer(const silex_drain_report& drained) noexcept {
  const bool woken = woken_->exchange(false, std::memory_order_relaxed);
  const bool active = woken || drained.calls_run > 0 || drained.calls_left > 0;
  return new_reference((tempo_.is_hot(now_(), active) ? hot_ : idle_).get());
}

void Tick::abandon() noexcept {
  stop();
  static_cast<void>(hot_.release());
  static_cast<void>(idle_.release());
}

}  // namespace silex::blender
