// @Name@, as the adapter needs it: a table of functions, so that a test can stand in for the host.
#pragma once

extern "C" struct @name@_host {
  // Has function(data) called once on the host's main thread, soon. False once the host quits. [any-thread] Must
  // not block, nor take a lock that the main thread may hold.
  bool (*call_soon)(void (*function)(void* data), void* data);
  // Whether the host has no idle loop, so that nothing of call_soon() ever runs. [main-thread]
  bool (*is_batch)();
  // Has function(data) called while the host quits, on its main thread; NULL: nothing any more. [main-thread]
  void (*on_quit)(void (*function)(void* data), void* data);
};

// The functions of the host that this process is, or nullptr in any other process. Harmless in both. [main-thread]
const @name@_host* find_host();
