#include "platform/uuid.hpp"

#include <random>

namespace silex::platform {

std::string new_uuid() {
  static constexpr const char* digits = "0123456789abcdef";
  // x is random; y is 8, 9, a or b.
  std::string uuid = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
  std::random_device device;
  unsigned bits = 0;
  unsigned left = 0;
  for (char& c : uuid) {
    if (c != 'x' && c != 'y') continue;
    if (left == 0) {
      bits = device();
      left = 8;
    }
    const unsigned digit = bits & 15U;
    c = digits[c == 'y' ? (digit & 3U) | 8U : digit];
    bits >>= 4U;
    --left;
  }
  return uuid;
}

}  // namespace silex::platform
