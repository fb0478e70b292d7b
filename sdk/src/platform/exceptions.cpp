#include "platform/exceptions.hpp"

namespace silex::platform {

namespace {

#if defined(__GNUC__)
[[gnu::noinline]] void throw_one() {
  throw 0;
}
#endif

}  // namespace

void prepare_to_catch() {
#if defined(__GNUC__)
  // Linked statically, libgcc fills the table of register sizes at the first throw of its own copy. Where the
  // first exception that comes by was thrown through another copy, that of the host, it finds the table empty
  // and aborts: https://gcc.gnu.org/onlinedocs/gcc/Link-Options.html, at -static-libgcc.
  static const bool once = [] {
    try {
      throw_one();
    } catch (int) {  // NOLINT(bugprone-empty-catch): that it gets here is all
    }
    return true;
  }();
  static_cast<void>(once);
#endif
}

}  // namespace silex::platform
