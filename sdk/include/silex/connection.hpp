// Connection: Socket.IO from tasks. `co_await room.emit_with_ack("message", R"(["hello"])")` gives the
// service's acknowledgement; what is emitted while the service is away is sent when it is back.
#pragma once

#include <silex/connection.h>
#include <silex/context.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace silex {

// What an event or an acknowledgement carries. `{"_placeholder": true, "num": 0}` in the text stands for the
// first attachment, as it does on the wire.
class Arguments {
 public:
  Arguments() = default;
  // A JSON array.
  Arguments(std::string text, std::vector<std::string> attachments = {})
      : json_(std::move(text)), attachments_(std::move(attachments)) {}
  // A JSON array.
  Arguments(const char* text) : json_(text) {}
  // A copy of what the C ABI hands out.
  explicit Arguments(const silex_arguments& from) : json_(from.json) {
    for (std::uint32_t i = 0; i < from.attachment_count; ++i) {
      attachments_.emplace_back(static_cast<const char*>(from.attachments[i].data), from.attachments[i].size);
    }
  }

  // The JSON array.
  [[nodiscard]] const std::string& json() const noexcept { return json_; }
  // Binary data.
  [[nodiscard]] const std::vector<std::string>& attachments() const noexcept { return attachments_; }

 private:
  std::string json_ = "[]";
  std::vector<std::string> attachments_;
};

// How an event is emitted. The defaults keep it while the service is away.
struct EmitOptions {
  std::chrono::nanoseconds timeout{0};  // for the acknowledgement; 0: 1 s
  // SILEX_EMIT_AT_LEAST_ONCE, SILEX_EMIT_LATEST, SILEX_EMIT_DROP.
  std::uint32_t flags = 0;
  const char* key = nullptr;  // for SILEX_EMIT_LATEST
};

namespace detail {

// What the C ABI is handed for an emission; views of the arguments, which outlive it.
class EmissionView {
 public:
  EmissionView(const std::string& nsp, const std::string& name, const Arguments& arguments,
               const EmitOptions& options) {
    for (const std::string& bytes : arguments.attachments()) views_.push_back({bytes.data(), bytes.size()});
    emission.size = sizeof emission;
    emission.flags = options.flags;
    emission.nsp = nsp.c_str();
    emission.name = name.c_str();
    emission.arguments = {sizeof(silex_arguments), static_cast<std::uint32_t>(views_.size()),
                          arguments.json().c_str(), views_.data()};
    emission.key = options.key;
    emission.timeout_ns =
        options.timeout.count() < 0 ? 1 : static_cast<std::uint64_t>(options.timeout.count());
  }
  silex_emission emission{};

 private:
  std::vector<silex_bytes> views_;
};

// Between a connection, or an action, and its handlers: once it is gone, none of them is called.
class HandlerGate {
 public:
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  // What it throws is logged. [loop-thread]
  template <typename Function>
  void call(const Context& context, const std::string& what, Function&& function) {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    try {
      function();
    } catch (const std::exception& error) {
      context.log(SILEX_LOG_ERROR, what + " threw: " + error.what());
    } catch (...) {
      context.log(SILEX_LOG_ERROR, what + " threw what is no std::exception");
    }
  }

 private:
  std::recursive_mutex mutex_;  // a handler may close its connection
  bool closed_ = false;
};

// Lives in its coroutine: acknowledged() is called exactly once, before that goes on.
class [[nodiscard("nothing is emitted until it is awaited")]] EmitAwaiter : public Awaiter<EmitAwaiter> {
 public:
  EmitAwaiter(silex_id connection, std::string nsp, std::string name, Arguments arguments,
              const EmitOptions& options)
      : connection_(connection),
        nsp_(std::move(nsp)),
        name_(std::move(name)),
        arguments_(std::move(arguments)),
        options_(options) {}

  silex_status begin(TaskScope & scope, silex_id & id) {
    EmissionView view(nsp_, name_, arguments_, options_);
    view.emission.task = scope.id;
    view.emission.data = this;
    view.emission.acknowledged = [](void* data, const silex_acknowledgement* told) {
      auto& self = *static_cast<EmitAwaiter*>(data);
      if (told->status == SILEX_OK) self.arguments_ = Arguments(told->arguments);
      self.go_on(told->status == SILEX_OK ? nullptr : make_exception(told->status, told->message));
    };
    return scope.api->connection_emit(scope.runtime, connection_, &view.emission, &id);
  }

  // The service's.
  Arguments await_resume() {
    check();
    return std::move(arguments_);
  }

 private:
  const silex_id connection_;
  const std::string nsp_;
  const std::string name_;
  Arguments arguments_;
  const EmitOptions options_;
};

}  // namespace detail

// An event that came in.
class Event {
 public:
  // For the SDK: a handler is given one.
  Event(const silex_api* api, silex_runtime* runtime, silex_id connection, const silex_incoming& from)
      : nsp(from.nsp),
        name(from.name),
        arguments(from.arguments),
        api_(api),
        runtime_(runtime),
        connection_(connection),
        reply_(from.reply) {}

  const std::string nsp;      // the namespace
  const std::string name;     // of the event
  const Arguments arguments;  // what it carries

  // Whether the sender asked for an acknowledgement.
  [[nodiscard]] bool wants_reply() const noexcept { return reply_ != 0; }
  // Acknowledges it, once. Throws Error where that was done, or the connection was lost since. [any-thread]
  void reply(const Arguments& with) const {
    const detail::EmissionView view(nsp, name, with, {});
    detail::check(*api_, api_->connection_reply(runtime_, connection_, reply_, &view.emission.arguments));
  }

 private:
  const silex_api* api_;
  silex_runtime* runtime_;
  silex_id connection_;
  silex_id reply_;
};

// A namespace of a connection. A small value; valid while the connection lives. Its functions throw Error
// where the C ABI returns a status; names and arguments are looked at before anything is done.
class Namespace {
 public:
  // For the SDK: a connection gives it.
  Namespace(Context context, silex_id connection, std::shared_ptr<detail::HandlerGate> gate, std::string nsp)
      : context_(context), connection_(connection), gate_(std::move(gate)), nsp_(std::move(nsp)) {}

  // `handler` is called on the loop with each event of that name, until another one takes its place; name ""
  // gets those that nobody else does. It must not block. [any-thread]
  void on(const std::string& name, std::function<void(const Event&)> handler) const {
    struct Heard {
      Context context;
      silex_id connection;
      std::shared_ptr<detail::HandlerGate> gate;
      std::function<void(const Event&)> handler;
    };
    auto heard = std::make_unique<Heard>(Heard{context_, connection_, gate_, std::move(handler)});
    silex_listener listener = silent(name);
    listener.data = heard.get();
    listener.event = [](void* data, const silex_incoming* incoming) {
      const auto& to = *static_cast<const Heard*>(data);
      to.gate->call(to.context, "the handler of \"" + std::string(incoming->name) + "\"", [&] {
        to.handler(Event(to.context.api(), to.context.handle(), to.connection, *incoming));
      });
    };
    listener.release = [](void* data) { delete static_cast<Heard*>(data); };
    check(context_.api()->connection_listen(context_.handle(), connection_, &listener));
    static_cast<void>(heard.release());
  }
  // Takes the handler of that name away. [any-thread]
  void off(const std::string& name) const {
    const silex_listener listener = silent(name);
    check(context_.api()->connection_listen(context_.handle(), connection_, &listener));
  }

  // Sends an event and does not wait. [any-thread] Never blocks.
  void emit(const std::string& name, const Arguments& arguments = {}, const EmitOptions& options = {}) const {
    const detail::EmissionView view(nsp_, name, arguments, options);
    check(context_.api()->connection_emit(context_.handle(), connection_, &view.emission, nullptr));
  }

  // Sends an event and gives the service's acknowledgement. Throws TimedOut, Cancelled, HostGone, or Error
  // with SILEX_ERROR_DISCONNECTED or SILEX_ERROR_NOT_SENT. In a task only.
  [[nodiscard]] detail::EmitAwaiter emit_with_ack(std::string name, Arguments arguments = {},
                                                  const EmitOptions& options = {}) const {
    return {connection_, nsp_, std::move(name), std::move(arguments), options};
  }

  // "/", say.
  [[nodiscard]] const std::string& name() const noexcept { return nsp_; }

 private:
  void check(silex_status status) const { detail::check(*context_.api(), status); }
  [[nodiscard]] silex_listener silent(const std::string& name) const {
    silex_listener listener{};
    listener.size = sizeof listener;
    listener.nsp = nsp_.c_str();
    listener.name = name.c_str();
    return listener;
  }

  Context context_;
  silex_id connection_;
  std::shared_ptr<detail::HandlerGate> gate_;
  std::string nsp_;
};

// As silex_connection_state.
struct ConnectionState {
  silex_connection_state_kind kind;
  std::string nsp;
  std::string message;
  std::chrono::nanoseconds retry_in;
  bool recovered;
};

// As silex_connection_options; "" and a duration of 0 are the defaults.
struct ConnectionOptions {
  std::string url{};
  std::string path{};
  std::string auth{};  // a JSON object
  std::string ca_file{};
  std::string proxy{};
  std::uint32_t flags = 0;
  std::chrono::nanoseconds connect_timeout{0};
  std::chrono::nanoseconds backoff_first{0};
  std::chrono::nanoseconds backoff_longest{0};
  std::uint64_t outbox_events = 0;
  std::uint64_t outbox_bytes = 0;
  std::chrono::nanoseconds flush{0};
  std::function<void(const ConnectionState&)> on_state{};  // on the loop; must not block
};

// Connected, and whenever that is lost connected again, for as long as it lives.
class Connection {
 public:
  // [any-thread] Never blocks. Throws Error: the URL is wrong, say.
  explicit Connection(Context context, const ConnectionOptions& options = {}) : context_(context) {
    silex_connection_options raw{};
    raw.size = sizeof raw;
    raw.flags = options.flags;
    raw.url = text(options.url);
    raw.path = text(options.path);
    raw.auth = text(options.auth);
    raw.ca_file = text(options.ca_file);
    raw.proxy = text(options.proxy);
    raw.connect_timeout_ns = count(options.connect_timeout);
    raw.backoff_first_ns = count(options.backoff_first);
    raw.backoff_longest_ns = count(options.backoff_longest);
    raw.outbox_events = options.outbox_events;
    raw.outbox_bytes = options.outbox_bytes;
    raw.flush_ns = count(options.flush);
    auto told = std::make_unique<Told>(Told{context, gate_, options.on_state});
    raw.data = told.get();
    raw.on_state = [](void* data, const silex_connection_state* state) {
      auto* const to = static_cast<Told*>(data);
      // The last word about it: nobody calls again.
      const std::unique_ptr<Told> last(state->kind == SILEX_CONNECTION_CLOSED ? to : nullptr);
      to->tell(*state);
    };
    detail::check(*context_.api(), context_.api()->connection_open(context_.handle(), &raw, &id_));
    static_cast<void>(told.release());
  }
  // Sends what waits and closes, without waiting for that. No handler is called any more: one that runs at
  // this moment is waited for. [any-thread]
  ~Connection() {
    gate_->close();
    context_.api()->connection_close(context_.handle(), id_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // The namespace "/".
  [[nodiscard]] Namespace root() const { return joined("/"); }
  // Joins another namespace, now and after each reconnect; `auth` is a JSON object that goes with it.
  // [any-thread] Never blocks.
  [[nodiscard]] Namespace join(const std::string& nsp, const std::string& auth = {}) const {
    detail::check(*context_.api(),
                  context_.api()->connection_join(context_.handle(), id_, nsp.c_str(), text(auth)));
    return joined(nsp);
  }
  // One that is joined already.
  [[nodiscard]] Namespace joined(std::string nsp) const { return {context_, id_, gate_, std::move(nsp)}; }
  // Leaves a namespace that was joined. [any-thread] Never blocks.
  void leave(const std::string& nsp) const {
    detail::check(*context_.api(), context_.api()->connection_leave(context_.handle(), id_, nsp.c_str()));
  }
  // Tries again at once: something tells that the service is back. [any-thread] Never blocks.
  void reconnect() const {
    detail::check(*context_.api(), context_.api()->connection_reconnect(context_.handle(), id_));
  }
  // For the C ABI.
  [[nodiscard]] silex_id id() const noexcept { return id_; }
  // Figures since it was opened. [any-thread] Never blocks.
  [[nodiscard]] silex_connection_statistics statistics() const {
    silex_connection_statistics read{};
    read.size = sizeof read;
    detail::check(*context_.api(), context_.api()->connection_read(context_.handle(), id_, &read));
    return read;
  }

 private:
  struct Told {
    void tell(const silex_connection_state& state) const {
      if (!handler) return;
      gate->call(context, "the handler of a connection's state", [&] {
        handler({state.kind, state.nsp, state.message,
                 std::chrono::nanoseconds(static_cast<std::int64_t>(state.retry_in_ns)), state.recovered});
      });
    }
    Context context;
    std::shared_ptr<detail::HandlerGate> gate;
    std::function<void(const ConnectionState&)> handler;
  };
  static const char* text(const std::string& value) noexcept {
    return value.empty() ? nullptr : value.c_str();
  }
  static std::uint64_t count(std::chrono::nanoseconds duration) noexcept {
    return duration.count() > 0 ? static_cast<std::uint64_t>(duration.count()) : 0;
  }

  Context context_;
  std::shared_ptr<detail::HandlerGate> gate_ = std::make_shared<detail::HandlerGate>();
  silex_id id_ = 0;
};

}  // namespace silex
