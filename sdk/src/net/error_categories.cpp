#include "net/error_categories.hpp"

#include <cstdlib>
#include <new>
#include <system_error>

#include <asio/error.hpp>
#include <asio/ssl/error.hpp>

namespace silex::net {

namespace {

template <typename Category>
void make_again(const std::error_category& gone) {
  ::new (const_cast<std::error_category*>(&gone)) Category;
}

void make_all_again() {
  make_again<asio::detail::system_category>(asio::system_category());
  make_again<asio::error::detail::netdb_category>(asio::error::get_netdb_category());
  make_again<asio::error::detail::addrinfo_category>(asio::error::get_addrinfo_category());
  make_again<asio::error::detail::misc_category>(asio::error::get_misc_category());
  make_again<asio::error::detail::ssl_category>(asio::error::get_ssl_category());
  make_again<asio::ssl::error::detail::stream_category>(asio::ssl::error::get_stream_category());
}

// What is registered first is called last: before asio's own static references make the first of them.
[[gnu::constructor(101)]] void register_first() {
  static_cast<void>(std::atexit(&make_all_again));
}

}  // namespace

// That it is called brings this file into the library.
void keep_error_categories() noexcept {}

}  // namespace silex::net
