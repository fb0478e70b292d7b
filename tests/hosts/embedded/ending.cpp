#include <Python.h>
// Python's header comes first, before any of the system's.
#include "ending.hpp"

#include <cstdio>
#include <cstdlib>

#include <unistd.h>

namespace host {

std::optional<Ending> ending_of(const std::string& name) {
  if (name == "finalize") return Ending::finalize;
  if (name == "exit") return Ending::exit;
  if (name == "_exit") return Ending::immediate;
  return std::nullopt;
}

void end(Ending ending) {
  std::fflush(nullptr);
  switch (ending) {
    case Ending::finalize:
      if (Py_FinalizeEx() != 0) std::exit(1);
      return;
    case Ending::exit:
      // As a host that never ends Python: its main thread keeps the GIL while destructors run.
      std::exit(0);
    case Ending::immediate:
      ::_exit(0);
  }
}

}  // namespace host
