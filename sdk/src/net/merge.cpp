#include "net/merge.hpp"

namespace silex::net {

void deep_merge(Json& into, const Json& diff) {
  if (!into.is_object() || !diff.is_object()) {
    into = diff;
    return;
  }
  for (const auto& [key, value] : diff.items()) deep_merge(into[key], value);
}

}  // namespace silex::net
