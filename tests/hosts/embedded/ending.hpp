// The ways in which a host's process ends, once its own closing is done.
#pragma once

#include <optional>
#include <string>

namespace host {

enum class Ending {
  finalize,   // Py_FinalizeEx() on the main thread, then a return from main()
  exit,       // exit(): destructors of the process run, Python is never ended
  immediate,  // _exit(): nothing runs
};

// "finalize", "exit", "_exit".
std::optional<Ending> ending_of(const std::string& name);

// Ends the process with status 0, but for Ending::finalize, which returns. With the GIL, on the main thread.
void end(Ending ending);

}  // namespace host
