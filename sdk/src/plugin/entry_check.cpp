#include "plugin/entry_check.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace silex {

namespace {

// `first_size`: what each version of the struct has to hold at least.
std::string fault_in_layout(const void* at, std::size_t first_size, std::size_t alignment) {
  if (reinterpret_cast<std::uintptr_t>(at) % alignment != 0) {
    return "its address is not aligned: it stands in a packed struct, or was made without silex/plugin.h";
  }
  std::uint32_t size = 0;
  std::memcpy(&size, at, sizeof size);
  if (size < first_size) return "its size is smaller than that of the first version";
  if (size % alignment != 0) {
    return "its size, " + std::to_string(size) + ", is no multiple of " + std::to_string(alignment) +
           ", as that of each version is: set it to sizeof";
  }
  return {};
}

// Up to the last member of the first version: what came since may be missing.
constexpr std::size_t kFirstEntry =
    offsetof(silex_plugin_entry, get_factory) + sizeof(silex_plugin_entry::get_factory);
constexpr std::size_t kFirstFactory =
    offsetof(silex_adapter_factory, create) + sizeof(silex_adapter_factory::create);
constexpr std::size_t kFirstAdapter = offsetof(silex_adapter, destroy) + sizeof(silex_adapter::destroy);

bool is_name(const std::string& name) {
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
}

}  // namespace

std::string fault_in_layout(const silex_plugin_entry* entry) {
  return fault_in_layout(entry, kFirstEntry, alignof(silex_plugin_entry));
}
std::string fault_in_layout(const silex_adapter_factory* factory) {
  return fault_in_layout(factory, kFirstFactory, alignof(silex_adapter_factory));
}
std::string fault_in_layout(const silex_adapter* adapter) {
  return fault_in_layout(adapter, kFirstAdapter, alignof(silex_adapter));
}

std::string fault_in(const silex_plugin_entry* entry) {
  std::string fault = fault_in_layout(entry);
  if (!fault.empty()) return fault;
  if (!entry->name || !*entry->name) return "it has no name";
  if (!is_name(entry->name)) {
    return "its name, '" + std::string(entry->name) + "', has other characters than a-z, 0-9, _ and -";
  }
  if (!entry->version) return "it has no version";
  if (!entry->init) return "it has no init()";
  if (!entry->deinit) return "it has no deinit()";
  if (!entry->get_factory) return "it has no get_factory()";
  return {};
}

std::string fault_in(const silex_adapter_factory* factory) {
  std::string fault = fault_in_layout(factory);
  if (!fault.empty()) return fault;
  if (!factory->name || !*factory->name) return "it has no name";
  if (!factory->title) return "it has no title";
  if (!factory->detect) return "it has no detect()";
  if (!factory->create) return "it has no create()";
  return {};
}

std::string fault_in(const silex_adapter* adapter) {
  std::string fault = fault_in_layout(adapter);
  if (!fault.empty()) return fault;
  if (!adapter->attach) return "it has no attach()";
  if (!adapter->detach) return "it has no detach()";
  if (!adapter->wake) return "it has no wake()";
  if (!adapter->destroy) return "it has no destroy()";
  return {};
}

Status check_entry(const std::filesystem::path& path, const silex_plugin_entry* entry) {
  const std::string file = "'" + path.string() + "'";
  if (!entry) {
    return {SILEX_ERROR_NO_ENTRY,
            file + " exports no '" SILEX_PLUGIN_SYMBOL "': it is not a Silex plugin, or its entry is hidden"};
  }
  // Majors first: of another one, no other member means what it means here.
  std::uint32_t head[2] = {};
  static_assert(offsetof(silex_plugin_entry, abi_major) == sizeof head[0]);
  std::memcpy(head, entry, sizeof head);
  if (head[0] >= sizeof head && head[1] != SILEX_ABI_MAJOR) {
    return {SILEX_ERROR_ABI_MISMATCH, file + " was built for version " + std::to_string(head[1]) +
                                          " of the Silex ABI, and this is version " +
                                          std::to_string(SILEX_ABI_MAJOR) +
                                          ": get the plugin for this version"};
  }
  const std::string fault = fault_in(entry);
  if (!fault.empty()) return {SILEX_ERROR_BAD_ENTRY, "the entry of " + file + " is broken: " + fault};
  return {};
}

}  // namespace silex
