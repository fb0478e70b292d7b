// A process that ends while the net thread runs: not every host lets its plug-ins go first.
#include "net/client_options.hpp"

#include <cstdlib>

#include <gtest/gtest.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <unistd.h>

namespace silex::net {
namespace {

TEST(NetThreadAtExit, OpenSslStaysForTheThread) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");  // OpenSSL is asked first in the process
  const auto exit_as_a_host = [] {
    std::atexit([] { ::_exit(0); });  // first registered, last called
    static const Wiring wiring = own_net_thread();
    unsigned char key = 0;
    RAND_bytes(&key, 1);                 // as a hand-shake does
    OPENSSL_atexit([] { ::_exit(1); });  // called where OpenSSL takes itself down
    std::exit(2);
  };
  EXPECT_EXIT(exit_as_a_host(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace silex::net
