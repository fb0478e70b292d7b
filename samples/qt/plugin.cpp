// The plugin's entry: finds out whether this process is a Qt application, and loads the part that links Qt
// only where it is one. A plugin is loaded into every process that looks for its host, and asked: one that
// linked QtCore would bring it, and 40 MB of what QtCore needs, into each.
#include "part.hpp"

#include <silex/loaded_by.hpp>
#include <silex/plugin.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <iterator>
#include <string>

#include <dlfcn.h>

namespace {

silex::LoadedBy loaded_by;

void set_error(const char* message) {
  loaded_by.set_error(message);
}

struct Qt {
  const char* library;
  const char* part;
};
constexpr Qt kQts[] = {{"libQt6Core.so.6", "silex_qt6.so"}, {"libQt5Core.so.5", "silex_qt5.so"}};

// Whether this QtCore is in the process, however it came there, and has an application object.
bool has_application(const Qt& qt) {
  void* const core = dlopen(qt.library, RTLD_LAZY | RTLD_NOLOAD);
  if (!core) return false;
  // static bool QCoreApplication::startingUp(): true as long as there is no application object.
  const auto starting_up = reinterpret_cast<bool (*)()>(dlsym(core, "_ZN16QCoreApplication10startingUpEv"));
  const bool has_one = starting_up && !starting_up();
  dlclose(core);
  return has_one;
}

const Qt* find_application() {
  const auto* const found = std::find_if(std::begin(kQts), std::end(kQts), has_application);
  return found == std::end(kQts) ? nullptr : found;
}

bool detect() {
  return find_application() != nullptr;
}

// The folder that this library was loaded from, with a slash.
std::string own_folder() {
  Dl_info info{};
  if (dladdr(&silex_plugin, &info) == 0 || !info.dli_fname) return "./";
  const std::string file = info.dli_fname;
  return file.substr(0, file.rfind('/') + 1);
}

const silex_adapter* create_with(const Qt& qt) {
  const std::string file = own_folder() + qt.part;
  // For good: a queued call or a connection that Qt is about to destroy may have its last word after the
  // runtime has gone, and says it in the part's code.
  void* const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  const auto* const part =
      library ? static_cast<const silex_qt_part*>(dlsym(library, SILEX_QT_PART_SYMBOL)) : nullptr;
  if (part) return part->create(&set_error);
  const char* const why = dlerror();  // NOLINT(concurrency-mt-unsafe): it is, per thread
  set_error(("this process has '" + std::string(qt.library) +
             "', and the adapter's part for it can't be used (" + (why ? why : "no reason given") +
             "): build it with this Qt, and put it beside the adapter")
                .c_str());
  return nullptr;
}

const silex_adapter* create() {
  try {
    if (const Qt* const qt = find_application()) return create_with(*qt);
    set_error("this process has no QCoreApplication (yet): start the runtime after it was made");
  } catch (const std::exception& error) {
    set_error(error.what());
  }
  return nullptr;
}

silex_status init(const silex_host* host) {
  return loaded_by.add(host);
}

silex_status deinit(const silex_host* host) {
  loaded_by.remove(host);
  return SILEX_OK;  // what Qt may still hold is in the part
}

const void* get_factory(const char* id) {
  static const silex_adapter_factory factory{sizeof factory, "qt", "Qt application", &detect, &create};
  return std::strcmp(id, SILEX_ADAPTER_FACTORY) == 0 ? &factory : nullptr;
}

}  // namespace

extern "C" SILEX_EXPORT const silex_plugin_entry silex_plugin{sizeof(silex_plugin_entry),
                                                              SILEX_ABI_MAJOR,
                                                              SILEX_ABI_MINOR,
                                                              "qt",
                                                              "0.1.0",
                                                              &init,
                                                              &deinit,
                                                              &get_factory};
