// Addresses and proxies: pure functions.
#include "net/proxy.hpp"
#include "net/url.hpp"

#include <map>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::net::test {
namespace {

using testing::HasSubstr;

std::string complaint(const std::string& text) {
  try {
    parse_url(text);
  } catch (const std::invalid_argument& wrong) {
    return wrong.what();
  }
  return "none";
}

TEST(Url, IsTakenApart) {
  const Url url = parse_url("WSS://user:p%40ss@[fe80::1]:8443/a/b?c=d#e");
  EXPECT_TRUE(url.secure);
  EXPECT_EQ(url.host, "fe80::1");
  EXPECT_EQ(url.port, 8443);
  EXPECT_EQ(target(url), "/a/b?c=d");
  EXPECT_EQ(url.user_info, "user:p@ss");
  EXPECT_EQ(display_name(url), "wss://[fe80::1]:8443");
}

TEST(Url, KnowsTheDefaultPorts) {
  EXPECT_EQ(parse_url("ws://a").port, 80);
  EXPECT_EQ(parse_url("wss://a").port, 443);
  EXPECT_EQ(target(parse_url("ws://a?b")), "/?b");
}

TEST(Url, SaysWhatIsWrongAndHowToWriteIt) {
  EXPECT_THAT(complaint("studio"), HasSubstr("\"studio\" has no scheme; write it as ws://host:port"));
  EXPECT_THAT(complaint("ftp://a"), HasSubstr("the scheme \"ftp\""));
  EXPECT_THAT(complaint("ws://:1"), HasSubstr("names no host"));
  EXPECT_THAT(complaint("ws://a:99999"), HasSubstr("the port \"99999\""));
  EXPECT_THAT(complaint("ws://a:b"), HasSubstr("the port \"b\""));
  EXPECT_THAT(complaint("ws://[::1"), HasSubstr("without its ']'"));
  EXPECT_THAT(complaint("ws://a/\r\nX: y"), HasSubstr("a control character"));
}

class ProxyFor : public testing::Test {
 protected:
  std::string proxy(const std::string& url) {
    const auto found =
        proxy_for(parse_url(url), options_, [this](const char* name) { return environment_[name]; });
    return found ? host_and_port(*found) : "direct";
  }
  TransportOptions options_;
  std::map<std::string, std::string> environment_;
};

TEST_F(ProxyFor, IsDirectWithoutAnySetting) {
  EXPECT_EQ(proxy("ws://a"), "direct");
}

TEST_F(ProxyFor, AsksTheVariableOfTheScheme) {
  environment_ = {{"http_proxy", "http://p:1"}, {"HTTPS_PROXY", "http://q:2"}, {"ALL_PROXY", "http://r:3"}};
  EXPECT_EQ(proxy("ws://a"), "p:1");
  EXPECT_EQ(proxy("wss://a"), "q:2");
  environment_.erase("HTTPS_PROXY");
  EXPECT_EQ(proxy("wss://a"), "p:1");
  environment_.erase("http_proxy");
  EXPECT_EQ(proxy("ws://a"), "r:3");
}

TEST_F(ProxyFor, TakesAnAddressWithoutScheme) {
  environment_ = {{"http_proxy", "proxy.lan:3128"}};
  EXPECT_EQ(proxy("ws://a"), "proxy.lan:3128");
}

TEST_F(ProxyFor, LeavesOutWhatNoProxyNames) {
  environment_ = {{"http_proxy", "http://p:1"},
                  {"no_proxy", "studio.lan, .farm.lan,*.render.lan,10.0.0.1,other:5118"}};
  for (const char* direct : {"ws://studio.lan", "ws://a.STUDIO.lan", "ws://farm.lan", "ws://b.farm.lan",
                             "ws://c.render.lan", "ws://10.0.0.1", "ws://other:5118"}) {
    EXPECT_EQ(proxy(direct), "direct") << direct;
  }
  for (const char* through : {"ws://mystudio.lan", "ws://10.0.0.11", "ws://other:80"}) {
    EXPECT_EQ(proxy(through), "p:1") << through;
  }
  environment_["no_proxy"] = "*";
  EXPECT_EQ(proxy("ws://anything"), "direct");
}

TEST_F(ProxyFor, NeverSendsLoopbackThroughAProxyOfTheEnvironment) {
  environment_ = {{"http_proxy", "http://p:1"}};
  for (const char* local : {"ws://127.0.0.1:5118", "ws://127.8.8.8", "ws://localhost", "ws://[::1]:5118"}) {
    EXPECT_EQ(proxy(local), "direct") << local;
  }
}

TEST_F(ProxyFor, PrefersWhatTheOptionsSay) {
  environment_ = {{"http_proxy", "http://p:1"}, {"no_proxy", "*"}};
  options_.proxy = "http://mine:9";
  EXPECT_EQ(proxy("ws://127.0.0.1"), "mine:9");
  options_ = {};
  options_.proxy_from_environment = false;
  environment_.erase("no_proxy");
  EXPECT_EQ(proxy("ws://a"), "direct");
}

TEST(ProxyTunnel, IsAskedForWithThePassword) {
  const auto request = connect_request(parse_url("wss://a:5118"), parse_url("http://ana:secret@p:1"));
  EXPECT_EQ(request,
            "CONNECT a:5118 HTTP/1.1\r\nHost: a:5118\r\nProxy-Authorization: Basic YW5hOnNlY3JldA==\r\n\r\n");
}

TEST(ProxyTunnel, IsOpenOnlyAfterACompleteAnswer) {
  const Url url = parse_url("ws://a:1");
  const Url proxy = parse_url("http://p:2");
  EXPECT_EQ(connect_refusal("HTTP/1.1 200 OK\r\n", url, proxy), std::nullopt);
  EXPECT_EQ(connect_refusal("HTTP/1.1 200 OK\r\nVia: p\r\n\r\n", url, proxy), "");
  EXPECT_THAT(*connect_refusal("HTTP/1.1 502 Bad Gateway\r\n\r\n", url, proxy), HasSubstr("502 Bad Gateway"));
  EXPECT_THAT(*connect_refusal("SSH-2.0\r\n\r\n", url, proxy), HasSubstr("does not answer as an HTTP proxy"));
  EXPECT_THAT(*connect_refusal(std::string(70'000, 'x'), url, proxy),
              HasSubstr("does not answer as an HTTP proxy"));
}

}  // namespace
}  // namespace silex::net::test
