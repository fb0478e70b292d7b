// One namespace of a client: whether we are in it, who listens in it, what waits for it. Net sequence only.
#pragma once

#include "net/backoff.hpp"
#include "net/client_options.hpp"
#include "net/outbox.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace silex::net {

struct Membership {
  enum class State { outside, joining, joined };

  Membership(std::string name, JoinOptions with, const BackoffOptions& retry,
             const std::function<double()>& random)
      : nsp(std::move(name)), options(std::move(with)), backoff(retry, random) {}

  bool open() const { return state == State::joined && !held; }

  // What goes into the CONNECT packet: with the session to recover, when the server told us one.
  Json credentials() const {
    if (pid.empty() || offset.empty()) return options.auth;
    Json with_session = options.auth.is_object() ? options.auth : Json::object();
    with_session["pid"] = pid;
    with_session["offset"] = offset;
    return with_session;
  }

  std::string nsp;
  JoinOptions options;
  State state = State::outside;
  bool held = false;
  std::uint64_t visit = 0;       // the present one, while joined
  std::string pid;               // of the session the server can recover; empty when it cannot
  std::string offset;            // of the last event we got in it
  Backoff backoff;               // after a refusal
  std::unique_ptr<Timer> timer;  // for the answer, or until the next attempt
  std::string refusal;           // the last one, so that it is reported once
  Outbox outbox;
  std::map<std::string, std::shared_ptr<const EventHandler>, std::less<>> handlers;
};

}  // namespace silex::net
