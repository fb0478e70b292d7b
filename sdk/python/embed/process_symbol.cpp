#include "embed/process_symbol.hpp"

#if defined(_WIN32)
#include <psapi.h>
#include <windows.h>
#else
#include <dlfcn.h>
#endif

namespace silex::python {

void* process_symbol(const char* name) {
#if defined(_WIN32)
  // There is no process-wide scope: Python is in a DLL whose name has its version, or in the executable.
  HMODULE modules[1024];
  DWORD bytes = 0;
  if (!EnumProcessModules(GetCurrentProcess(), modules, sizeof modules, &bytes)) return nullptr;
  const DWORD count = bytes < sizeof modules ? bytes / sizeof(HMODULE) : 1024;
  for (DWORD i = 0; i < count; ++i) {
    if (FARPROC found = GetProcAddress(modules[i], name)) return reinterpret_cast<void*>(found);
  }
  return nullptr;
#else
  return dlsym(RTLD_DEFAULT, name);
#endif
}

}  // namespace silex::python
