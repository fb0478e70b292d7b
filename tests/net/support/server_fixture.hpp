// Tests that need npm's Socket.IO server.
#pragma once

#include "support/node_server.hpp"
#include "support/user_loop.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::net::test {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using Kind = StateChange::Kind;

inline ClientOptions to(const std::string& url) {
  ClientOptions options;
  options.url = url;
  options.backoff.first = 20ms;
  options.backoff.longest = 100ms;
  return options;
}

class Server : public testing::Test {
 protected:
  void SetUp() override {
    if (!NodeServer::available()) GTEST_SKIP() << "npm's socket.io is not there: run tests/peers/setup.sh";
  }
};

}  // namespace silex::net::test
