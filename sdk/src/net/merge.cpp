#include "net/merge.hpp"

namespace silex::net {

void deep_merge(Json& into, const Json& diff) {
  if (!into.is_object() || !diff.is_object()) {
    into = diff;
    return;
  }
  for (const auto& [key, value] : diff.items()) deep_merge(into[key], value);
}

bool can_merge(const Json& before, const Json& now) {
  if (!before.is_object()) return true;
  if (!now.is_object()) return false;  // an object that follows would be merged with `before`
  for (const auto& [key, value] : before.items()) {
    const auto kept = now.find(key);
    if (kept == now.end() || !can_merge(value, *kept)) return false;
  }
  return true;
}

}  // namespace silex::net
