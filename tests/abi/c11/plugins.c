/* silex_plugin_*(), silex_adapter_*(), and what a plugin is given: silex_host and silex_pump */
#include "../../plugin/plugins/observed.h"
#include "cases.h"
#include "check.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static void path_of(char* path, size_t size, const char* folder, const char* plugin) {
  CHECK(snprintf(path, size, "%s/%s.so", folder, plugin) < (int)size);
}

/* What a loaded plugin of these tests lets see. */
static struct observed* observed_in(const char* path) {
  void* const library = dlopen(path, RTLD_LAZY | RTLD_NOLOAD);
  if (!CHECK(library != NULL)) return NULL;
  struct observed* const seen = dlsym(library, "observed");
  dlclose(library); /* the runtime still holds it */
  return seen;
}

void plugins(const char* folder) {
  char path[1024];
  path_of(path, sizeof path, folder, "good");
  silex_options options = quiet_options();
  silex_runtime* runtime = NULL;
  CHECK_OK(silex_runtime_create(&options, &runtime));
  silex_plugin_handle* plugin = NULL;
  silex_plugin_handle* again = NULL;
  CHECK_OK(silex_plugin_load(runtime, path, &plugin));
  CHECK_OK(silex_plugin_load(runtime, path, &again));
  CHECK(plugin != NULL && plugin == again);
  CHECK(strcmp(silex_plugin_name(plugin), "good") == 0);
  CHECK(strcmp(silex_plugin_name(NULL), "") == 0);

  const silex_host* const host = observed_in(path)->host;
  CHECK(host->size >= sizeof *host);
  CHECK(host->abi_major == SILEX_ABI_MAJOR && host->abi_minor == SILEX_ABI_MINOR);
  CHECK(strlen(host->version) > 0);
  CHECK(host->get_extension(host, SILEX_API_EXTENSION) == silex_get_api());
  CHECK(host->get_extension(host, "nothing.known/1") == NULL);
  host->log(host, SILEX_LOG_INFO, "a line of a plugin");
  host->set_error(host, "nobody asks for this");

  CHECK_OK(silex_plugin_unload(runtime, plugin));
  CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "not loaded", silex_plugin_unload(runtime, plugin));
  CHECK_OK(silex_plugin_load(runtime, path, NULL));
  CHECK_STATUS(SILEX_ERROR_FILE_NOT_FOUND, "no file", silex_plugin_load(runtime, "./none.so", NULL));
  CHECK_STATUS(SILEX_ERROR_FILE_NOT_FOUND, "silex_none.so", silex_plugin_load(runtime, "none", NULL));
  path_of(path, sizeof path, folder, "no_entry");
  CHECK_STATUS(SILEX_ERROR_NO_ENTRY, path, silex_plugin_load(runtime, path, NULL));
  destroy(runtime);
}

static silex_status do_nothing(void* data, const silex_scope* scope) {
  (void)data;
  (void)scope;
  return SILEX_OK;
}

void adapters(const char* folder) {
  char path[1024];
  path_of(path, sizeof path, folder, "tame");
  silex_options options = quiet_options();
  silex_runtime* runtime = NULL;
  CHECK_OK(silex_runtime_create(&options, &runtime));
  CHECK(strcmp(silex_adapter_name(runtime), "") == 0);
  CHECK_STATUS(SILEX_ERROR_NO_HOST, "SILEX_ADAPTER_PATH", silex_adapter_choose(runtime, NULL));
  silex_plugin_handle* plugin = NULL;
  CHECK_OK(silex_plugin_load(runtime, path, &plugin));
  CHECK_OK(silex_adapter_choose(runtime, NULL)); /* it says that this is its host */
  CHECK_OK(silex_adapter_choose(runtime, "tame"));
  CHECK(strcmp(silex_adapter_name(runtime), "tame") == 0);
  CHECK_OK(silex_runtime_start(runtime));
  CHECK_STATUS(SILEX_ERROR_BUSY, "stop", silex_adapter_choose(runtime, "tame"));
  CHECK_STATUS(SILEX_ERROR_PLUGIN_BUSY, "attached", silex_plugin_unload(runtime, plugin));

  struct observed* const seen = observed_in(path);
  CHECK(seen->attaches == 1);
  silex_pump* const pump = seen->pump;
  CHECK(pump->size >= sizeof *pump);
  pump->retain(pump);
  const silex_work work = {.size = sizeof work, .run = do_nothing};
  CHECK_OK(silex_defer(runtime, &work, NULL));
  CHECK(__atomic_load_n(&seen->wakes, __ATOMIC_RELAXED) == 1);
  silex_drain_report report = {.size = sizeof report};
  CHECK(pump->drain(pump, &report) == SILEX_OK);
  CHECK(report.calls_run == 1);
  pump->log(pump, SILEX_LOG_INFO, "a line of an adapter");
  CHECK(pump->quit(pump) == SILEX_OK);
  CHECK(!silex_runtime_is_running(runtime));
  CHECK(seen->detaches == 1);
  CHECK(pump->drain(pump, NULL) == SILEX_ERROR_HOST_GONE);
  pump->release(pump);
  CHECK_OK(silex_plugin_unload(runtime, plugin));
  CHECK(strcmp(silex_adapter_name(runtime), "") == 0);
  destroy(runtime);
}

void api_table(void) {
  const silex_api* const api = silex_get_api();
  CHECK(api != NULL && api == silex_get_api());
  CHECK(api->size == sizeof *api);
  CHECK(api->last_error == silex_last_error);
  CHECK(api->status_name == silex_status_name);
  CHECK(api->defer == silex_defer);
  CHECK(api->call_and_wait == silex_call_and_wait);
  CHECK(api->submit == silex_submit);
  CHECK(api->cancel == silex_cancel);
  CHECK(api->drain == silex_drain);
  CHECK(api->pump_until == silex_pump_until);
  CHECK(api->pump_notify == silex_pump_notify);
  CHECK(api->post == silex_post);
  CHECK(api->timer_start == silex_timer_start);
  CHECK(api->task_open == silex_task_open);
  CHECK(api->task_close == silex_task_close);
  CHECK(api->task_cancel == silex_task_cancel);
  CHECK(api->log == silex_log);
  CHECK(api->metrics_read == silex_metrics_read);
  CHECK(api->is_running == silex_runtime_is_running);
  CHECK(api->current_thread == silex_current_thread);
  CHECK(api->connection_open == silex_connection_open);
  CHECK(api->connection_close == silex_connection_close);
  CHECK(api->connection_join == silex_connection_join);
  CHECK(api->connection_leave == silex_connection_leave);
  CHECK(api->connection_listen == silex_connection_listen);
  CHECK(api->connection_reply == silex_connection_reply);
  CHECK(api->connection_emit == silex_connection_emit);
  CHECK(api->connection_reconnect == silex_connection_reconnect);
  CHECK(api->connection_read == silex_connection_read);
  CHECK(api->session_begin == silex_session_begin);
  CHECK(api->session_context == silex_session_context);
  CHECK(api->session_set_context == silex_session_set_context);
  CHECK(api->session_query == silex_session_query);
  CHECK(api->session_update == silex_session_update);
  CHECK(api->session_clear == silex_session_clear);
}
