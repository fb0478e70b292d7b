// A symbol of whatever the process has loaded: the executable and the libraries that it exports to all.
#pragma once

namespace silex::python {

// Its address, or nullptr. [any-thread]
void* process_symbol(const char* name);

}  // namespace silex::python
