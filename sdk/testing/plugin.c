/* The plugin of the test kit: its adapter is whichever the test has put into the slot. So the runtime finds
 * and loads a test's adapter as it does every other one, and needs no second door for it. */
#include <silex/plugin.h>
#include <silex/testing/plugin.h>

#include <string.h>

static silex_testing_slot slot = {sizeof slot, NULL, NULL};

static silex_status init(const silex_host* host) {
  slot.host = host;
  return SILEX_OK;
}

static silex_status deinit(const silex_host* host) {
  if (slot.host == host) slot.host = NULL;
  return SILEX_OK;
}

/* Chosen by its name alone: no process is its host. */
static bool detect(void) {
  return false;
}

static const silex_adapter* create(void) {
  if (!slot.adapter) slot.host->set_error(slot.host, "the test has put no adapter into the kit's slot");
  return slot.adapter;
}

static const void* get_factory(const char* id) {
  static const silex_adapter_factory factory = {sizeof factory, "testing", "Test", detect, create};
  if (strcmp(id, SILEX_ADAPTER_FACTORY) == 0) return &factory;
  return strcmp(id, SILEX_TESTING_SLOT) == 0 ? &slot : NULL;
}

SILEX_EXPORT const silex_plugin_entry silex_plugin = {
    sizeof silex_plugin, SILEX_ABI_MAJOR, SILEX_ABI_MINOR, "testing", "1.0", init, deinit, get_factory};
