#include "net/stream.hpp"

#include <array>
#include <filesystem>
#include <stdexcept>

#include <asio/ssl.hpp>
#include <asio/write.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace silex::net {
namespace {

// A statically linked OpenSSL looks where it was built to look, which is not where every distribution keeps
// its list.
void load_system_authorities(asio::ssl::context& context) {
  std::error_code ignored;
  context.set_default_verify_paths(ignored);
  if (std::filesystem::exists(X509_get_default_cert_file(), ignored) ||
      std::filesystem::exists(X509_get_default_cert_dir(), ignored)) {
    return;
  }
  constexpr std::array known{"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                             "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"};
  for (const char* file : known) {
    if (std::filesystem::exists(file, ignored) && !context.load_verify_file(file, ignored)) return;
  }
}

asio::ssl::context make_context(const TransportOptions& options) {
  asio::ssl::context context(asio::ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
  // One idle connection would otherwise keep 32 KiB of TLS buffers.
  SSL_CTX_set_mode(context.native_handle(), SSL_MODE_RELEASE_BUFFERS);
  if (!options.verify_certificate) return context;
  context.set_verify_mode(asio::ssl::verify_peer);
  if (options.ca_file.empty()) {
    load_system_authorities(context);
  } else {
    std::error_code error;
    if (context.load_verify_file(options.ca_file, error)) {
      throw std::runtime_error("the file of certificate authorities \"" + options.ca_file +
                               "\" cannot be read (" + error.message() + "); give a PEM file");
    }
  }
  return context;
}

// OpenSSL itself compares the name, so that its verdict tells a wrong name from a wrong signature.
void expect_host(SSL* ssl, const std::string& host, bool verify) {
  std::error_code not_numeric;
  asio::ip::make_address(host, not_numeric);
  // SNI; none for an address (RFC 6066). The macro for it has a C cast in it.
  if (not_numeric) {
    SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, const_cast<char*>(host.c_str()));
  }
  if (!verify) return;
  X509_VERIFY_PARAM* expected = SSL_get0_param(ssl);
  if (not_numeric) {
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    X509_VERIFY_PARAM_set1_host(expected, host.c_str(), 0);
  } else {
    X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str());
  }
}

std::string refusal(const Url& url, long verdict, const std::error_code& error) {
  const std::string who = display_name(url);
  switch (verdict) {
    case X509_V_OK:
      return who + " does not complete the TLS hand-shake (" + error.message() + "); does it speak wss?";
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return who + " shows a certificate that has expired; whoever runs it must renew it";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return who + " shows a certificate that is not valid yet; check this machine's clock";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return who + " shows a certificate for another host; use the name that stands in the certificate";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return who +
             " shows a certificate of an authority that is not trusted here; give that authority's PEM file "
             "as "
             "ca_file";
    default:
      return who + " shows a certificate that is refused (" + X509_verify_cert_error_string(verdict) + ")";
  }
}

class TlsStream : public Stream {
 public:
  TlsStream(asio::ip::tcp::socket socket, const Url& url, const TransportOptions& options)
      : url_(url), context_(make_context(options)), stream_(std::move(socket), context_) {
    expect_host(stream_.native_handle(), url.host, options.verify_certificate);
  }

  void hand_shake(std::function<void(const std::string&)> done) override {
    stream_.async_handshake(asio::ssl::stream_base::client,
                            [this, done = std::move(done)](const std::error_code& error) {
                              if (!error) return done({});
                              done(refusal(url_, SSL_get_verify_result(stream_.native_handle()), error));
                            });
  }
  void read_some(asio::mutable_buffer buffer, Handler handler) override {
    stream_.async_read_some(buffer, std::move(handler));
  }
  void write(asio::const_buffer buffer, Handler handler) override {
    asio::async_write(stream_, buffer, std::move(handler));
  }
  void close() override {
    std::error_code ignored;
    stream_.next_layer().close(ignored);
  }

 private:
  Url url_;
  asio::ssl::context context_;
  asio::ssl::stream<asio::ip::tcp::socket> stream_;
};

}  // namespace

std::unique_ptr<Stream> tls_stream(asio::ip::tcp::socket socket, const Url& url,
                                   const TransportOptions& options) {
  return std::make_unique<TlsStream>(std::move(socket), url, options);
}

}  // namespace silex::net
