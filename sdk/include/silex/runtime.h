/* A runtime's life: create, load plugins, choose an adapter, start, stop, destroy. */
#ifndef SILEX_RUNTIME_H
#define SILEX_RUNTIME_H

#include "drain.h"
#include "event.h"
#include "log.h"
#include "loop.h"
#include "metrics.h"
#include "work.h"

SILEX_BEGIN_C

/* How a runtime behaves. A member that is 0 or NULL has what the environment or else the file of
 * configuration says, or its default; copied by silex_runtime_create(). */
typedef struct silex_options {
  uint32_t size;
  uint32_t workers;            /* threads at most; default: those of the hardware, at least 2; 1 to 1024 */
  uint32_t worker_queue;       /* jobs that may wait; default 1024 */
  uint32_t reserved;           /* 0 */
  uint64_t drain_budget_ns;    /* how long a drain may go on starting calls; default 8 ms */
  uint64_t linger_ns;          /* how long a drain waits for a next call; default 0.2 ms, SILEX_NONE: not */
  uint64_t loop_stall_ns;      /* a task that holds the loop for longer is reported; default 250 ms */
  uint64_t slow_call_ns;       /* a deferred call that takes longer is reported; default 50 ms */
  uint64_t host_busy_ns;       /* a host that does not drain for longer is reported; default 2 s */
  uint64_t no_pump_ns;         /* a call that waits for longer in a batch host that nobody pumps fails;
                                  default 10 s */
  uint64_t stop_timeout_ns;    /* silex_runtime_stop() waits no longer than this for each that is held;
                                  default 2 s */
  const char* adapter_path;    /* folders, separated as in PATH; default: the variable SILEX_ADAPTER_PATH */
  silex_log_sink log_sink;     /* default: standard error, from SILEX_LOG_INFO up; a level that is configured
                                  counts for both */
  void* log_data;              /* handed to log_sink() */
  silex_event_sink event_sink; /* default: none; events are logged in any case */
  void* event_data;            /* handed to event_sink() */
  const char* config_file; /* YAML, share/silex/silex.yml has every key; default: the variable SILEX_CONFIG;
                              none: no file */
} silex_options;

/* Makes a runtime, with no thread running yet. `options` may be NULL. Destroy it with
 * silex_runtime_destroy(). [any-thread] Reads the file of configuration.
 * SILEX_ERROR_INVALID_ARGUMENT, also where the configuration is wrong: the detail of the error has a line for
 * each finding, with file, line and what is allowed. SILEX_ERROR_OUT_OF_MEMORY. */
SILEX_API silex_status silex_runtime_create(const silex_options* options, silex_runtime** runtime);

/* Starts loop, workers and watchdogs, attaches the adapter if one is chosen, and takes the calling thread for
 * the host's main thread. Without an adapter, somebody must call silex_drain() or silex_pump_until(). Does
 * nothing where it runs already. May be called again after a stop. [any-thread] SILEX_ERROR_ADAPTER_FAILED,
 * SILEX_ERROR_FORKED, SILEX_ERROR_OUT_OF_MEMORY; nothing runs then. */
SILEX_API silex_status silex_runtime_start(silex_runtime* runtime);

/* Stops: refuses new work, tells every waiter SILEX_OUTCOME_HOST_GONE, detaches the adapter, asks every task
 * to end, joins the threads. Does nothing where it is stopped already. May be called from inside a
 * deferred call, whose own waiter is then told too. [main-thread] Blocks for at most `stop_timeout_ns` for
 * each that is held: the workers, the loop (twice where a task does not end), the watchdog, and whoever is
 * inside a function of the runtime (before and after), so six times at the very worst; and for the
 * `flush_ns` of connections. Normally for a few milliseconds.
 * SILEX_ERROR_WRONG_THREAD. SILEX_ERROR_TIMED_OUT where a task or a job held its thread for longer: it is
 * stopped all the same, and that thread is left to end by itself. */
SILEX_API silex_status silex_runtime_stop(silex_runtime* runtime);

/* Whether it is started and not yet stopping. [any-thread] Never blocks. */
SILEX_API bool silex_runtime_is_running(const silex_runtime* runtime);

/* Stops it, unloads its plugins, frees it. Where a stop left a thread behind, what that thread may come back
 * to is kept for good, and nothing is told to the log's sink any more. NULL does nothing. [main-thread] As
 * silex_runtime_stop(); SILEX_ERROR_BUSY from inside a deferred call, where nothing is done. */
SILEX_API silex_status silex_runtime_destroy(silex_runtime* runtime);

/* Which of the runtime's threads this is. [any-thread] Never blocks. */
SILEX_API silex_thread silex_current_thread(const silex_runtime* runtime);

/* A loaded plugin. Owned by the runtime. */
typedef struct silex_plugin_handle silex_plugin_handle;

/* Loads a plugin: by path if `name` contains a separator of paths, else by name: `silex_adapter_<name>` or
 * `silex_<name>`, with the system's ending for libraries, in the first folder of the adapter path that has
 * it. One that is loaded already is returned again. `plugin` may be NULL. [main-thread]
 * SILEX_ERROR_FILE_NOT_FOUND to SILEX_ERROR_DUPLICATE_NAME, SILEX_ERROR_WRONG_THREAD while the runtime runs;
 * the runtime stays usable. */
SILEX_API silex_status silex_plugin_load(silex_runtime* runtime, const char* name,
                                         silex_plugin_handle** plugin);

/* Unloads a plugin. [main-thread]
 * SILEX_ERROR_PLUGIN_BUSY while its adapter is attached, and inside a deferred call: nothing was done.
 * SILEX_ERROR_PLUGIN_BUSY or
 * SILEX_ERROR_PLUGIN_EXCEPTION where its code may still be called: it says so itself, an exception left it,
 * or a stop left a thread behind; then the plugin is unloaded, but its code stays for good.
 * SILEX_ERROR_NOT_FOUND. */
SILEX_API silex_status silex_plugin_unload(silex_runtime* runtime, silex_plugin_handle* plugin);

/* The plugin's name. [any-thread] Valid while it is loaded. */
SILEX_API const char* silex_plugin_name(const silex_plugin_handle* plugin);

/* Chooses the adapter that the next start attaches: by name, among the loaded plugins and then on the adapter
 * path; or with NULL the one whose host this process is, after loading every `silex_adapter_*` on the adapter
 * path. [main-thread]
 * SILEX_ERROR_NO_HOST, SILEX_ERROR_BUSY while it runs, and as silex_plugin_load(). */
SILEX_API silex_status silex_adapter_choose(silex_runtime* runtime, const char* name);

/* The name of the chosen adapter, "" if there is none. [main-thread] Valid until the next choice. */
SILEX_API const char* silex_adapter_name(const silex_runtime* runtime);

SILEX_END_C

#endif
