// Session: this host at the Silex service. Its context, its running actions and what users answer to them are
// told again after each reconnect; so are users of what the watchdogs see.
#pragma once

#include <silex/connection.hpp>
#include <silex/session.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace silex {

// As silex_session_state.
struct SessionState {
  silex_session_state_kind kind;
  std::string message;
};

// As silex_session_options; "" is the default. Handlers run on the loop, in order, and must not block. JSON
// is the text of one object.
struct SessionOptions {
  std::string context{};  // what is left out is filled in
  std::string auth{};
  std::function<void(const std::string& query)> on_query{};
  std::function<void(const std::string& uuid, const std::string& diff)> on_update{};
  std::function<void(const std::string& uuid)> on_clear{};
  std::function<void(const std::string& uuid, bool full)> on_undo{};
  std::function<void(const SessionState&)> on_state{};
  std::function<void(const std::string& launch)> on_launch{};
};

// Its functions throw Error, may be called from any thread and never block.
class Session {
 public:
  // Connects, and begins. [any-thread] Never blocks.
  explicit Session(Context context, SessionOptions options = {}, const ConnectionOptions& connection = {})
      : context_(context), connection_(context, connection) {
    auto told = std::make_unique<Told>(Told{context, gate_, std::move(options)});
    silex_session_options raw{};
    raw.size = sizeof raw;
    raw.context = told->to.context.empty() ? nullptr : told->to.context.c_str();
    raw.auth = told->to.auth.empty() ? nullptr : told->to.auth.c_str();
    raw.data = told.get();
    raw.on_query = [](void* data, const char* query) {
      call(data, "query", &SessionOptions::on_query, query);
    };
    raw.on_update = [](void* data, const char* uuid, const char* diff) {
      call(data, "update", &SessionOptions::on_update, uuid, diff);
    };
    raw.on_clear = [](void* data, const char* uuid) { call(data, "clear", &SessionOptions::on_clear, uuid); };
    raw.on_undo = [](void* data, const char* uuid, bool full) {
      call(data, "undo", &SessionOptions::on_undo, uuid, full);
    };
    raw.on_state = [](void* data, const silex_session_state* state) {
      call(data, "state", &SessionOptions::on_state, SessionState{state->kind, state->message});
    };
    raw.release = [](void* data) { delete static_cast<Told*>(data); };
    raw.on_launch = [](void* data, const char* launch) {
      call(data, "launch", &SessionOptions::on_launch, launch);
    };
    check(context_.api()->session_begin(context_.handle(), connection_.id(), &raw));
    static_cast<void>(told.release());
  }
  // As ~Connection().
  ~Session() { gate_->close(); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Begins a whole action, with its "uuid".
  void query(const std::string& action) const {
    check(context_.api()->session_query(context_.handle(), connection_.id(), action.c_str()));
  }
  // Tells what changed in it: a diff, with its "uuid".
  void update(const std::string& diff) const {
    check(context_.api()->session_update(context_.handle(), connection_.id(), diff.c_str()));
  }
  // Ends a running action.
  void clear(const std::string& uuid) const {
    check(context_.api()->session_clear(context_.handle(), connection_.id(), uuid.c_str()));
  }

  // Who this host is, with what was filled in: JSON.
  [[nodiscard]] std::string context() const {
    std::string text;
    std::uint64_t length = 0;
    do {  // it may have grown meanwhile
      text.resize(length);
      check(context_.api()->session_context(context_.handle(), connection_.id(), text.data(), text.size() + 1,
                                            &length));
    } while (length > text.size());
    text.resize(length);
    return text;
  }
  // Another one, with the same "uuid" or none.
  void set_context(const std::string& context) const {
    check(context_.api()->session_set_context(context_.handle(), connection_.id(), context.c_str()));
  }

  // For what is no action: whatever is emitted here, users see.
  [[nodiscard]] Namespace front_event() const { return connection_.joined("/front-event"); }
  // For other events than the session's own five.
  [[nodiscard]] Namespace actions() const { return connection_.joined("/dcc/action"); }
  // The connection that it stands on.
  [[nodiscard]] const Connection& connection() const noexcept { return connection_; }

 private:
  struct Told {
    Context context;
    std::shared_ptr<detail::HandlerGate> gate;
    SessionOptions to;
  };
  template <typename Handler, typename... Values>
  static void call(void* data, const char* what, Handler SessionOptions::*handler, Values&&... values) {
    const auto& told = *static_cast<const Told*>(data);
    if (!(told.to.*handler)) return;
    told.gate->call(told.context, std::string("the session's handler of \"") + what + "\"",
                    [&] { (told.to.*handler)(std::forward<Values>(values)...); });
  }
  void check(silex_status status) const { detail::check(*context_.api(), status); }

  Context context_;
  std::shared_ptr<detail::HandlerGate> gate_ = std::make_shared<detail::HandlerGate>();
  Connection connection_;
};

}  // namespace silex
