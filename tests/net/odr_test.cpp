// The one-definition rule: the unit that is compiled as C++17 must not hold asio's inline code
// (websocket_protocol.cpp).
#include <array>
#include <cstdio>
#include <string>

#include <gtest/gtest.h>

namespace {

std::string symbols_of(const std::string& object) {
  std::string symbols;
  FILE* nm = ::popen(("nm -C '" + object + "'").c_str(), "r");
  std::array<char, 4096> buffer{};
  for (std::size_t count = 0; (count = std::fread(buffer.data(), 1, buffer.size(), nm)) > 0;) {
    symbols.append(buffer.data(), count);
  }
  EXPECT_EQ(::pclose(nm), 0);
  return symbols;
}

TEST(WebSocketProtocolUnit, HoldsNoAsioSymbol) {
  const std::string symbols = symbols_of(SILEX_TEST_WEBSOCKETPP_OBJECT);
  ASSERT_NE(symbols.find("websocketpp::"), std::string::npos) << "not the unit this test is about";
  EXPECT_EQ(symbols.find("asio"), std::string::npos);
}

// The test's server is C++17 too, and does use asio, under another name.
TEST(FaultServerUnit, HoldsAsioUnderAnotherNameOnly) {
  std::string symbols = symbols_of(SILEX_TEST_FAULT_SERVER_OBJECT);
  ASSERT_NE(symbols.find("silex_fault_asio::"), std::string::npos);
  for (const std::string other : {"silex_fault_asio::", "websocketpp::transport::asio::",
                                  "websocketpp::lib::asio::", "websocketpp::config::asio"}) {
    for (auto at = symbols.find(other); at != std::string::npos; at = symbols.find(other))
      symbols.erase(at, other.size());
  }
  const auto left = symbols.find("asio::");
  EXPECT_EQ(left, std::string::npos) << symbols.substr(
      left == std::string::npos ? 0 : left - std::min<std::size_t>(left, 80), 200);
}

}  // namespace
