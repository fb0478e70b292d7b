// Catching what code in another library throws.
#pragma once

namespace silex::platform {

// Makes the catch blocks of this library work for exceptions thrown by others, which may bring a copy of the
// C++ runtime of their own. Before any code of others is called. Idempotent. [any-thread]
void prepare_to_catch();

}  // namespace silex::platform
