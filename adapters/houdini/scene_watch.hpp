// SceneWatch: puts the adapter's callback back where loading a scene has dropped it. Nothing that SideFX
// publishes says that callbacks of the event loop outlive a load.
#pragma once

#include "host.hpp"

#include <memory>

#include <embed/callable.hpp>

namespace silex::houdini {

// All of it needs the GIL, but for what is said. [main-thread]
class SceneWatch {
 public:
  explicit SceneWatch(const python::PythonApi& api) : api_(api), host_(api) {}

  // From now on `callback` is registered again after each load that dropped it. Throws PythonError.
  void add(const python::Reference& callback);
  // Not any more. Harmless where it was not added.
  void remove() noexcept;
  // Forgets it where Python is gone already. Needs no GIL.
  void abandon() noexcept;

 private:
  class SceneChanged;

  const python::PythonApi& api_;
  const Host host_;
  std::shared_ptr<SceneChanged> changed_;
  python::Reference callable_;
};

}  // namespace silex::houdini
