// Where the process was when it was killed: what a test's output says of an abort that nobody was there to
// see.
#pragma once

namespace host {

// From now on SIGABRT, SIGSEGV and SIGBUS write the stack of their thread to standard error, as addresses for
// addr2line, before they end the process as they would have.
void report_crashes();

}  // namespace host
