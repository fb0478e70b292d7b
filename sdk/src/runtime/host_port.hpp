// How the runtime reaches its host. plugin/ implements it with an adapter.
#pragma once

#include "runtime/status.hpp"

#include <silex/adapter.h>

#include <string>

namespace silex {

class HostPort {
 public:
  virtual ~HostPort() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  // Registers with the host. [main-thread]
  virtual Status attach(silex_host_mode& mode) = 0;
  // Unregisters. After it has returned, no wake() is under way any more. [main-thread]
  virtual void detach() = 0;
  // Asks the host for one drain. [any-thread] Never blocks.
  virtual bool wake() = 0;
};

}  // namespace silex
