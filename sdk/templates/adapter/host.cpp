#include "host.hpp"

#include <dlfcn.h>

// Replace this by what @Name@ has: functions that it exports to plug-ins, found by name and not linked, since this
// library is loaded into other processes too, to be asked whether they are its host.
const @name@_host* find_host() {
  return static_cast<const @name@_host*>(dlsym(RTLD_DEFAULT, "@name@_host_functions"));
}
