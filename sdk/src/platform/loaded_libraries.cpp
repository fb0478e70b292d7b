#if !defined(_WIN32) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE 1  // dladdr(), dl_iterate_phdr()
#endif

#include "platform/loaded_libraries.hpp"

#include <array>
#include <cstdint>

#if defined(_WIN32)
#include <psapi.h>
#include <windows.h>
#else
#include <dlfcn.h>
#if defined(__APPLE__)
#include <mach-o/dyld.h>
#else
#include <link.h>
#endif
#endif

namespace silex::platform {

#if defined(_WIN32)

namespace {

std::filesystem::path file_of(HMODULE module) {
  std::array<wchar_t, 32768> name{};
  const DWORD length = GetModuleFileNameW(module, name.data(), static_cast<DWORD>(name.size()));
  return std::wstring(name.data(), length);
}

}  // namespace

std::vector<std::filesystem::path> loaded_libraries() {
  std::array<HMODULE, 4096> modules{};
  DWORD bytes = 0;
  if (!EnumProcessModules(GetCurrentProcess(), modules.data(), sizeof modules, &bytes)) return {};
  std::vector<std::filesystem::path> files;
  const std::size_t count =
      bytes / sizeof(HMODULE) < modules.size() ? bytes / sizeof(HMODULE) : modules.size();
  for (std::size_t i = 1; i < count; ++i) files.push_back(file_of(modules[i]));  // the first is the program
  return files;
}

std::filesystem::path library_at(const void* address) {
  HMODULE module = nullptr;
  constexpr DWORD flags =
      GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
  if (!GetModuleHandleExW(flags, static_cast<LPCWSTR>(address), &module)) return {};
  return file_of(module);
}

#else

std::vector<std::filesystem::path> loaded_libraries() {
  std::vector<std::filesystem::path> files;
#if defined(__APPLE__)
  for (std::uint32_t i = 1; i < _dyld_image_count(); ++i) files.emplace_back(_dyld_get_image_name(i));
#else
  dl_iterate_phdr(
      [](dl_phdr_info* library, std::size_t, void* data) {
        // The program has no name.
        if (*library->dlpi_name) static_cast<decltype(files)*>(data)->emplace_back(library->dlpi_name);
        return 0;
      },
      &files);
#endif
  return files;
}

std::filesystem::path library_at(const void* address) {
  Dl_info found{};
  return dladdr(address, &found) != 0 && found.dli_fname ? found.dli_fname : "";
}

#endif

}  // namespace silex::platform
