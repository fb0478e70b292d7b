/* Errors have one shape: a code, and a sentence that says what was wrong with which thing and what to do. */
#ifndef SILEX_ERROR_H
#define SILEX_ERROR_H

#include "abi.h"

SILEX_BEGIN_C

/* SILEX_OK, or one of the codes below. Values are never renumbered; new ones are added at the end. */
typedef int32_t silex_status;

enum {
  SILEX_OK = 0,
  SILEX_ERROR_INVALID_ARGUMENT = 1, /* an argument that no state of the runtime would make right */
  SILEX_ERROR_WRONG_THREAD = 2,     /* called on a thread that its tag excludes; nothing was done */
  SILEX_ERROR_WOULD_DEADLOCK = 3,   /* a wait that could never end was refused */
  SILEX_ERROR_NOT_RUNNING = 4,      /* the runtime is not started */
  SILEX_ERROR_HOST_GONE = 5,        /* the host quit or the runtime stopped meanwhile */
  SILEX_ERROR_CANCELLED = 6,        /* cancelled, by silex_cancel() or with its task */
  SILEX_ERROR_TIMED_OUT = 7,        /* the timeout passed */
  SILEX_ERROR_EXCEPTION = 8,        /* the code that was run failed; the text is its own */
  SILEX_ERROR_QUEUE_FULL = 9,       /* the bounded queue of the workers is full; try again later */
  SILEX_ERROR_NOT_FOUND = 10,       /* no such id: finished already, or never was */
  SILEX_ERROR_NO_PUMP = 11,         /* a batch host whose main thread nobody pumps */
  SILEX_ERROR_NO_HOST = 12,         /* no adapter knows the process it is in */
  SILEX_ERROR_BUSY = 13,            /* still in use; nothing was done */
  SILEX_ERROR_FORKED = 14,          /* this process is a fork: the runtime's threads stayed in the parent */
  SILEX_ERROR_OUT_OF_MEMORY = 15,
  SILEX_ERROR_ADAPTER_FAILED = 16, /* the adapter's attach() or wake() said no */

  /* Loading a plugin. */
  SILEX_ERROR_FILE_NOT_FOUND = 32,
  SILEX_ERROR_NOT_A_FILE = 33,       /* a folder, a device, a socket */
  SILEX_ERROR_NOT_A_LIBRARY = 34,    /* a file of another format */
  SILEX_ERROR_LIBRARY_LOAD = 35,     /* the system's loader said no; the text is its own */
  SILEX_ERROR_NO_ENTRY = 36,         /* the library exports no `silex_plugin` */
  SILEX_ERROR_BAD_ENTRY = 37,        /* `silex_plugin` lacks a member that it must have */
  SILEX_ERROR_ABI_MISMATCH = 38,     /* built for another major of the ABI */
  SILEX_ERROR_NO_FACTORY = 39,       /* the plugin has no factory of the id asked for */
  SILEX_ERROR_INIT_FAILED = 40,      /* the plugin's init() said no; the text is its own */
  SILEX_ERROR_PLUGIN_EXCEPTION = 41, /* a C++ exception left a function of the plugin */
  SILEX_ERROR_DUPLICATE_NAME = 42,   /* another plugin of that name is loaded */
  SILEX_ERROR_PLUGIN_BUSY = 43       /* asked to unload, but its code may still be called: it stays loaded */
};

typedef struct silex_error {
  uint32_t size;
  silex_status code;
  const char* message; /* one sentence; never NULL */
  const char* detail;  /* traceback of the host's language, "" if there is none; never NULL */
} silex_error;

/* The error of the last function of this ABI that returned another status than SILEX_OK on this thread.
 * [any-thread] Never blocks. Owned by the library, valid until the next call of a silex function on this
 * thread. Never NULL: code is SILEX_OK where nothing failed yet. */
SILEX_API const silex_error* silex_last_error(void);

/* The name of a code as it is written above, such as "SILEX_ERROR_BUSY"; "unknown status" for others.
 * [any-thread] Never blocks. Static storage. */
SILEX_API const char* silex_status_name(silex_status status);

SILEX_END_C

#endif
