// A joined client whose server the test takes away and brings back.
#pragma once

#include "support/client_fixture.hpp"

namespace silex::net::test {

using Kind = StateChange::Kind;
class EmitFixture : public ClientFixture {
 protected:
  static EmitOptions at_least_once() {
    EmitOptions options;
    options.at_least_once = true;
    return options;
  }
  static EmitOptions latest(std::string key) {
    EmitOptions options;
    options.when_offline = WhenOffline::latest;
    options.key = std::move(key);
    return options;
  }
  static EmitOptions dropped() {
    EmitOptions options;
    options.when_offline = WhenOffline::drop;
    return options;
  }
  void go_offline() {
    peer()->break_down();
    run();
  }
  void come_back() {
    client_->reconnect_now();
    run();
    peer()->events->opened();
    peer()->say(handshake);
    run();
    peer()->take_sent();
    peer()->say(R"(40/dcc,{"sid":"n"})");
  }
};

}  // namespace silex::net::test
