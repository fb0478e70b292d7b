// A C++ object as a Python callable: what a host's scheduler is handed. It takes any arguments and looks at
// none, since some hosts hand something over. Python may keep it for longer than its maker wants, so it
// shares the object, and says whether any is still about.
#pragma once

#include "embed/reference.hpp"

#include <memory>

namespace silex::python {

class Called {
 public:
  virtual ~Called() = default;
  // Returns a new reference and no error set: hosts drop a callback that raises. Both with the GIL. The
  // object lives until it has returned, whatever becomes of the callable meanwhile.
  virtual Object* call() noexcept = 0;
};

// The table must outlive the callable. Needs the GIL, as does the end of the last share in `called`.
Reference make_callable(const PythonApi& api, std::shared_ptr<Called> called);

// Whether Python holds a callable of this library, whose code must then stay. Exact for whoever has the GIL.
// [any-thread]
bool any_callable_left() noexcept;

}  // namespace silex::python
