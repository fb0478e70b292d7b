// The kinds of errors that asio has, for as long as the net thread may ask for their words.
#pragma once

namespace silex::net {

// They are static objects, and not every host lets its plug-ins go before it calls exit(): the thread goes on
// when their destructors have run. This makes them anew right after that; once is enough. [any-thread]
void keep_error_categories() noexcept;

}  // namespace silex::net
