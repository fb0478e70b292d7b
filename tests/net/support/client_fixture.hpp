// A client between a scripted transport and a loop that the test runs, in a time that the test moves.
#pragma once

#include "net/client.hpp"
#include "support/manual_sequence.hpp"
#include "support/scripted_transport.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::net::test {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

inline const char* const handshake =
    R"(0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000})";

class ClientFixture : public testing::Test {
 protected:
  ~ClientFixture() override {
    if (!client_) return;
    sequence_->run_what_is_posted();
    client_.reset();
    loop();
  }

  Client& make(ClientOptions options = {}) {
    Wiring wiring{sequence_, wire_.factory(), [this] { return random_; }};
    const auto executor = [this](std::function<void()> call) { calls_.push_back(std::move(call)); };
    const auto log = [this](LogLevel, std::string_view sentence) { log_.emplace_back(sentence); };
    client_ = std::make_unique<Client>(options, executor, log, wiring);
    client_->on_state([this](const StateChange& change) { states_.push_back(change); });
    return *client_;
  }

  // A client in "/dcc", connected.
  Client& joined(ClientOptions options = {}, JoinOptions join = {}) {
    Client& client = make(std::move(options));
    client.join("/dcc", std::move(join));
    client.start();
    connect();
    return client;
  }

  // The server's part of a connection: Engine.IO's hand-shake, and "/dcc" accepted.
  void connect(const std::string& session = R"({"sid":"n"})") {
    run();
    ASSERT_NE(peer(), nullptr);
    peer()->events->opened();
    peer()->say(handshake);
    run();
    peer()->say("40/dcc," + session);
    run();
    peer()->take_sent();
  }

  ScriptedTransport* peer() const { return wire_.present(); }

  // Lets the net sequence and then the user's loop come to rest.
  void run() {
    sequence_->run();
    loop();
    sequence_->run();
  }
  void loop() {
    while (!blocked_ && !calls_.empty()) {
      auto calls = std::exchange(calls_, {});
      for (const auto& call : calls) call();
    }
  }
  void advance(Duration by) {
    sequence_->advance(by);
    run();
  }

  std::vector<std::string> sent() {
    run();
    return peer()->take_sent();
  }
  AckHandler keep_ack() {
    return [this](const Ack& ack) { acks_.push_back(ack); };
  }
  std::vector<StateChange::Kind> kinds() const {
    std::vector<StateChange::Kind> kinds;
    for (const auto& state : states_) kinds.push_back(state.kind);
    return kinds;
  }

  std::shared_ptr<ManualSequence> sequence_ = std::make_shared<ManualSequence>();
  Wire wire_;
  double random_ = 0;  // no jitter
  bool blocked_ = false;
  std::vector<std::function<void()>> calls_;
  std::vector<std::string> log_;
  std::vector<StateChange> states_;
  std::vector<Ack> acks_;
  std::unique_ptr<Client> client_;
};

}  // namespace silex::net::test
