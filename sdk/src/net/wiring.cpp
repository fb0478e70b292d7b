#include "net/client_options.hpp"
#include "net/error_categories.hpp"
#include "net/net_thread.hpp"
#include "net/websocket_transport.hpp"

#include <random>

#include <openssl/crypto.h>

namespace silex::net {

Wiring own_net_thread() {
  // Not every host lets its plug-ins go before it calls exit(): OpenSSL must not take itself down under the
  // thread. Counts where nobody in the process has asked OpenSSL for anything before.
  OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
  keep_error_categories();
  auto thread = std::make_shared<NetThread>();
  Wiring wiring;
  wiring.transport = websocket_transports(*thread);
  wiring.sequence = std::move(thread);
  wiring.random = [engine = std::minstd_rand(std::random_device{}())]() mutable {
    return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
  };
  return wiring;
}

}  // namespace silex::net
