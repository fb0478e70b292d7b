// A plugin with a static object whose constructor throws, before anybody could ask for the entry.
#include <silex/plugin.h>

#include <stdexcept>

namespace {

struct Licence {
  Licence() { throw std::runtime_error("there is no licence"); }
};
const Licence licence;

silex_status do_nothing(const silex_host* /*host*/) {
  return SILEX_OK;
}

}  // namespace

const silex_plugin_entry silex_plugin = {sizeof(silex_plugin_entry),
                                         SILEX_ABI_MAJOR,
                                         SILEX_ABI_MINOR,
                                         "throws-at-load",
                                         "1.0.0",
                                         do_nothing,
                                         do_nothing,
                                         [](const char*) -> const void* { return nullptr; }};
