// The border of the ABI: results become a status and this thread's last error; no exception gets out.
#pragma once

#include "runtime/status.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <exception>
#include <new>

namespace silex::abi {

// Keeps `status` as this thread's last error if it is one, and returns its code.
silex_status report(Status status) noexcept;

// Runs `function`, which returns a Status, and reports what it returned or threw.
template <typename Function>
silex_status guard(Function&& function) noexcept {
  try {
    return report(function());
  } catch (const std::bad_alloc&) {
    return report({SILEX_ERROR_OUT_OF_MEMORY, "there is no memory left"});
  } catch (const std::exception& error) {
    return report({SILEX_ERROR_OUT_OF_MEMORY, error.what()});
  }
}

// "`what` is NULL: `remedy`"
Status null_argument(const char* what, const char* remedy);
Status null_runtime();
// A struct whose `size` is smaller than in the first version of the ABI: most likely it was not set.
Status small_struct(const char* type, std::size_t size, std::size_t least);

// `flags` has bits without a meaning.
Status unknown_flags(const char* type, std::uint32_t flags);

// A struct of the caller's as this version knows it: members that the caller's version lacks are 0. `least`
// is its size in the first version of the ABI.
template <typename Struct>
Status copy_struct(const char* type, const Struct* from, std::size_t least, Struct& to) {
  if (!from) return null_argument(type, "fill one in");
  if (from->size < least) return small_struct(type, from->size, least);
  if (from->size >= sizeof(Struct)) {
    std::memcpy(&to, from, sizeof(Struct));  // the usual case, and the quick one
  } else {
    to = Struct{};
    std::memcpy(&to, from, from->size);
  }
  return {};
}

}  // namespace silex::abi
