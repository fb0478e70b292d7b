// The ways to a server: through a proxy, over TLS.
#include "support/server_fixture.hpp"

#include <cstdlib>
#include <filesystem>

#include <unistd.h>

namespace silex::net::test {
namespace {

// ---- Through a proxy

class Proxy : public Server {};

TEST_F(Proxy, ReachesAHostThatOnlyTheProxyKnows) {
  NodeServer server;
  NodeServer proxy(Json{{"target", server.port()}}, "proxy.js");
  auto options = to("ws://service.studio.lan:5118");
  options.transport.proxy = "http://127.0.0.1:" + std::to_string(proxy.port());
  LiveClient live(options);
  live.client.join("/");
  live.client.start();
  EXPECT_TRUE(live.wait_for(Kind::joined));
}

TEST_F(Proxy, IsTakenFromTheEnvironment) {
  NodeServer server;
  NodeServer proxy(Json{{"target", server.port()}, {"user", "ana:se:cret"}}, "proxy.js");
  ::setenv("http_proxy", ("http://ana:se%3Acret@127.0.0.1:" + std::to_string(proxy.port())).c_str(), 1);
  LiveClient live(to("ws://service.studio.lan:5118"));
  live.client.join("/");
  live.client.start();
  EXPECT_TRUE(live.wait_for(Kind::joined));
  ::unsetenv("http_proxy");
}

TEST_F(Proxy, SaysWhyItRefuses) {
  NodeServer proxy(Json{{"refuse", "503 No route to that host"}}, "proxy.js");
  auto options = to("ws://service.studio.lan:5118");
  options.transport.proxy = "127.0.0.1:" + std::to_string(proxy.port());
  LiveClient live(options);
  live.client.start();
  ASSERT_TRUE(live.wait_for(Kind::disconnected));
  EXPECT_THAT(live.last(Kind::disconnected).sentence,
              HasSubstr("refuses to connect to service.studio.lan:5118: 503 No route to that host"));
}

TEST_F(Proxy, SaysThatItWantsAPassword) {
  NodeServer proxy(Json{{"user", "ana:secret"}}, "proxy.js");
  auto options = to("ws://service.studio.lan:5118");
  options.transport.proxy = "127.0.0.1:" + std::to_string(proxy.port());
  LiveClient live(options);
  live.client.start();
  ASSERT_TRUE(live.wait_for(Kind::disconnected));
  EXPECT_THAT(live.last(Kind::disconnected).sentence, HasSubstr("wants a user and a password"));
}

// ---- Over TLS

class Tls : public Server {
 protected:
  static void SetUpTestSuite() {
    directory_ = testing::TempDir() + "/silex-tls-" + std::to_string(::getpid());
    std::filesystem::create_directories(directory_);
    ASSERT_EQ(
        std::system((std::string(SILEX_TEST_SUPPORT_DIR) + "/make_certificates.sh " + directory_).c_str()),
        0);
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(directory_); }

  static std::unique_ptr<NodeServer> server(const std::string& certificate) {
    return std::make_unique<NodeServer>(nlohmann::json{{"cert", directory_ + "/" + certificate + ".pem"},
                                                       {"key", directory_ + "/" + certificate + ".key"}});
  }
  static ClientOptions trusting(const NodeServer& server, const std::string& host = "127.0.0.1") {
    auto options = to("wss://" + host + ":" + std::to_string(server.port()));
    options.transport.ca_file = directory_ + "/ca.pem";
    return options;
  }
  static std::string failure(const ClientOptions& options) {
    LiveClient live(options);
    live.client.join("/");
    live.client.start();
    EXPECT_TRUE(live.wait_for(Kind::disconnected));
    EXPECT_EQ(live.client.statistics().connections, 0U);
    return live.last(Kind::disconnected).sentence;
  }

  static inline std::string directory_;
};

TEST_F(Tls, SpeaksToAServerWhoseCertificateIsInOrder) {
  const auto node = server("good");
  for (const char* host : {"127.0.0.1", "localhost"}) {
    LiveClient live(trusting(*node, host));
    live.client.join("/");
    live.client.start();
    EXPECT_EQ(live.ask("/", "echo", {std::string(300'000, 'x')}).status, AckStatus::acknowledged) << host;
    EXPECT_TRUE(live.client.stop());
  }
}

TEST_F(Tls, RefusesAnAuthorityNobodyTrusts) {
  const auto node = server("stranger");
  EXPECT_THAT(failure(trusting(*node)),
              HasSubstr("an authority that is not trusted here; give that authority's PEM"));
}

TEST_F(Tls, RefusesTheTestsAuthorityWithoutItsFile) {
  const auto node = server("good");
  auto options = trusting(*node);
  options.transport.ca_file.clear();
  EXPECT_THAT(failure(options), HasSubstr("an authority that is not trusted here"));
}

TEST_F(Tls, RefusesACertificateThatHasExpired) {
  const auto node = server("expired");
  EXPECT_THAT(failure(trusting(*node)), HasSubstr("shows a certificate that has expired"));
}

TEST_F(Tls, RefusesACertificateForAnotherHost) {
  const auto node = server("other");
  EXPECT_THAT(failure(trusting(*node)), HasSubstr("shows a certificate for another host"));
  EXPECT_THAT(failure(trusting(*node, "localhost")), HasSubstr("shows a certificate for another host"));
}

TEST_F(Tls, TakesAnyCertificateOnlyWhenToldTo) {
  const auto node = server("stranger");
  auto options = trusting(*node);
  options.transport.verify_certificate = false;
  LiveClient live(options);
  live.client.join("/");
  live.client.start();
  EXPECT_TRUE(live.wait_for(Kind::joined));
}

TEST_F(Tls, SaysThatTheOtherEndDoesNotSpeakIt) {
  NodeServer plain;
  EXPECT_THAT(failure(to("wss://127.0.0.1:" + std::to_string(plain.port()))),
              HasSubstr("does it speak wss?"));
}

TEST_F(Tls, SaysThatTheFileOfAuthoritiesIsNotUsable) {
  const auto node = server("good");
  auto options = trusting(*node);
  options.transport.ca_file = "/nowhere/ca.pem";
  EXPECT_THAT(failure(options), HasSubstr("\"/nowhere/ca.pem\" cannot be read"));
}

TEST_F(Tls, GoesThroughAProxy) {
  const auto node = server("good");
  NodeServer proxy(Json{{"target", node->port()}}, "proxy.js");
  auto options = trusting(*node, "localhost");
  options.transport.proxy = "http://127.0.0.1:" + std::to_string(proxy.port());
  LiveClient live(options);
  live.client.join("/");
  live.client.start();
  EXPECT_TRUE(live.wait_for(Kind::joined));
}

}  // namespace
}  // namespace silex::net::test
