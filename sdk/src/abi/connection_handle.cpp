#include "abi/connection_handle.hpp"

#include "abi/arguments.hpp"
#include "abi/connection_values.hpp"
#include "abi/post.hpp"
#include "abi/report.hpp"
#include "net/url.hpp"
#include "runtime/ids.hpp"

#include <algorithm>
#include <utility>

namespace silex::abi {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFlush{500};

std::string name_of(const char* nsp) {
  return text_or(nsp, "/");
}

// A listener of the C ABI; its last owner releases it.
class Listener {
 public:
  explicit Listener(const silex_listener& from)
      : data_(from.data), event_(from.event), release_(from.release) {}
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() {
    if (release_) release_(data_);
  }
  void hear(const silex_incoming& incoming) const { event_(data_, &incoming); }

 private:
  void* const data_;
  void (*const event_)(void* data, const silex_incoming* incoming);
  void (*const release_)(void* data);
};

net::LogSink log_of(const std::shared_ptr<Core>& core) {
  return
      [core](net::LogLevel level, std::string_view line) { core->log(level_of(level), std::string(line)); };
}

}  // namespace

ConnectionHandle::ConnectionHandle(std::shared_ptr<Core> core, const config::Config& config,
                                   const silex_connection_options& options, net::Json auth,
                                   net::Wiring wiring)
    : core_(std::move(core)),
      flush_(options.flush_ns == SILEX_NONE ? milliseconds(0) : duration_or(options.flush_ns, kFlush)),
      default_auth_(default_auth(config)),
      data_(options.data),
      on_state_(options.on_state),
      acknowledgements_(std::make_shared<Acknowledgements>(core_)),
      name_("connection to " + net::display_name(net::parse_url(text_or(options.url, config.service.url)))),
      wiring_(std::move(wiring)),
      client_(
          client_options(config, options),
          [sequence = wiring_.sequence.get()](std::function<void()> call) {
            sequence->post(std::move(call));
          },
          log_of(core_), wiring_) {
  net::JoinOptions root;
  root.auth = std::move(auth);
  if (root.auth.is_null()) root.auth = default_auth_;
  client_.join("/", std::move(root));
}

void ConnectionHandle::start() {
  task_ = core_->tasks().open({sizeof(silex_task), name_.c_str(), nullptr, nullptr});
  client_.on_state([this](const net::StateChange& change) { tell_state(change); });
  client_.start();
}

Status ConnectionHandle::join(const char* nsp, const char* auth) {
  net::JoinOptions options;
  Status status = read_object("the namespace's auth", auth, options.auth);
  if (!status.ok()) return status;
  if (options.auth.is_null()) options.auth = default_auth_;
  if (status = refuse_session_namespace(name_of(nsp), "joins"); !status.ok()) return status;
  try {
    client_.join(name_of(nsp), std::move(options));
  } catch (const std::invalid_argument& wrong) {
    return {SILEX_ERROR_INVALID_ARGUMENT, wrong.what()};
  }
  return {};
}

Status ConnectionHandle::leave(const char* nsp) {
  Status status = refuse_session_namespace(name_of(nsp), "leaves");
  if (status.ok()) client_.leave(name_of(nsp));
  return status;
}

Status ConnectionHandle::refuse_session_namespace(const std::string& nsp, const char* what) {
  if (!SessionHandle::owns(nsp) || !session()) return {};
  return {SILEX_ERROR_INVALID_ARGUMENT,
          "the namespace \"" + nsp + "\" is the session's, which " + what + " it by itself"};
}

Status ConnectionHandle::begin_session(const silex_session_options& options, std::string dcc,
                                       std::shared_ptr<action::ActionTable> actions) {
  net::Json context;
  net::Json auth;
  Status status = read_object("silex_session_options.context", options.context, context);
  if (status.ok()) status = read_object("silex_session_options.auth", options.auth, auth);
  if (!status.ok()) return status;
  try {
    const auto on_loop = [core = core_, task = task_](std::function<void()> call) {
      post(*core, task, std::move(call));
    };
    // Not under the lock, which the net thread takes: it may ask the system for the user's name.
    auto session = std::make_shared<SessionHandle>(options, std::move(context), std::move(dcc),
                                                   std::move(actions), on_loop, log_of(core_), wiring_);
    const std::lock_guard lock(mutex_);
    if (session_) return {SILEX_ERROR_BUSY, "the connection has a session: it lasts until it closes"};
    session->begin(client_, auth.is_null() ? default_auth_ : auth);
    session_ = std::move(session);
    core_->measure_occupancy();
    if (!connected_) return {};
    // Nobody heard it then, the service's limit above all.
    wiring_.sequence->post([heard = std::weak_ptr(session_), connected = *connected_] {
      if (const auto alive = heard.lock()) alive->changed(connected);
    });
  } catch (const std::invalid_argument& wrong) {
    return {SILEX_ERROR_INVALID_ARGUMENT, std::string("silex_session_options: ") + wrong.what()};
  }
  return {};
}

void ConnectionHandle::forget_session() {
  std::shared_ptr<SessionHandle> session;  // goes when the lock has gone
  const std::lock_guard lock(mutex_);
  session.swap(session_);
}

std::shared_ptr<SessionHandle> ConnectionHandle::session() {
  const std::lock_guard lock(mutex_);
  return session_;
}

Status ConnectionHandle::listen(const silex_listener& listener) {
  if (!listener.name) return null_argument("silex_listener.name", "\"\" listens to what nobody else does");
  if (SessionHandle::owns(name_of(listener.nsp), listener.name) && session()) {
    return {SILEX_ERROR_INVALID_ARGUMENT,
            "the event \"" + std::string(listener.name) + "\" on " + listener.nsp +
                " is the session's: silex_session_options has a function for it"};
  }
  if (!listener.event) {
    client_.on(name_of(listener.nsp), listener.name, nullptr);
    return {};
  }
  // Called on the net thread, as long as this lives.
  auto handler = [this, heard = std::make_shared<const Listener>(listener)](const net::Incoming& event) {
    auto text = std::make_unique<const ArgumentsText>(event.arguments);
    const silex_id reply_id = event.reply ? keep_reply(event.reply) : 0;
    post(*core_, task_, [heard, nsp = event.nsp, name = event.name, text = std::move(text), reply_id] {
      heard->hear({sizeof(silex_incoming), nsp.c_str(), name.c_str(), text->view(), reply_id});
    });
  };
  client_.on(name_of(listener.nsp), listener.name, std::move(handler));
  return {};
}

silex_id ConnectionHandle::keep_reply(const net::Reply& reply) {
  const silex_id id = next_foreign_id();
  const std::lock_guard lock(mutex_);
  replies_.emplace(id, reply);
  return id;
}

Status ConnectionHandle::reply(silex_id id, const silex_arguments* arguments) {
  net::Arguments values;
  if (arguments) {
    Status status = read_arguments("silex_arguments", *arguments, values);
    if (!status.ok()) return status;
  }
  std::unordered_map<silex_id, net::Reply>::node_type owed;
  {
    const std::lock_guard lock(mutex_);
    owed = replies_.extract(id);
  }
  if (!owed) {
    return {SILEX_ERROR_NOT_FOUND,
            "no acknowledgement is owed under that id: it was given, or the connection was lost since"};
  }
  owed.mapped()(std::move(values));
  return {};
}

Status ConnectionHandle::emit(const silex_emission& emission, silex_id& id) {
  constexpr std::uint32_t known = SILEX_EMIT_AT_LEAST_ONCE | SILEX_EMIT_LATEST | SILEX_EMIT_DROP;
  if ((emission.flags & ~known) != 0) return unknown_flags("silex_emission", emission.flags);
  if (!emission.name) return null_argument("silex_emission.name", "it is what the service listens to");
  if (net::socket_io::is_reserved_event(emission.name)) {
    return {SILEX_ERROR_INVALID_ARGUMENT, "silex_emission.name is \"" + std::string(emission.name) +
                                              "\", which Socket.IO keeps for itself: take another one"};
  }
  net::EmitOptions options;
  if ((emission.flags & SILEX_EMIT_DROP) != 0) options.when_offline = net::WhenOffline::drop;
  if ((emission.flags & SILEX_EMIT_LATEST) != 0) {
    if (!emission.key) return null_argument("silex_emission.key", "SILEX_EMIT_LATEST goes by it");
    options.when_offline = net::WhenOffline::latest;
    options.key = emission.key;
  }
  options.at_least_once = (emission.flags & SILEX_EMIT_AT_LEAST_ONCE) != 0;
  options.timeout = duration_or(emission.timeout_ns, options.timeout);
  net::Arguments arguments;
  Status status = read_arguments("silex_emission.arguments", emission.arguments, arguments);
  if (!status.ok()) return status;

  net::AckHandler handler;
  if (emission.acknowledged) {
    id = next_foreign_id();
    acknowledgements_->expect(id, emission);
    handler = [to = acknowledgements_, id](net::Ack ack) { to->tell(id, std::move(ack)); };
  }
  client_.emit(name_of(emission.nsp), emission.name, std::move(arguments), std::move(options),
               std::move(handler));
  return {};
}

void ConnectionHandle::tell_state(const net::StateChange& change) {
  std::unique_lock lock(mutex_);
  if (change.kind == net::StateChange::Kind::connected) connected_ = change;
  if (change.kind == net::StateChange::Kind::disconnected) {
    connected_.reset();
    replies_.clear();
  }
  const auto session = session_;
  lock.unlock();
  if (session) session->changed(change);
  // That it is closed, closed() tells.
  if (!on_state_ || change.kind == net::StateChange::Kind::stopped) return;
  post(*core_, task_, [on_state = on_state_, data = data_, change] {
    const auto retry = change.retry_in.value_or(net::Duration(0)).count();
    const silex_connection_state state{sizeof(silex_connection_state),
                                       kind_of(change.kind),
                                       change.nsp.c_str(),
                                       change.sentence.c_str(),
                                       static_cast<std::uint64_t>(std::max<std::int64_t>(retry, 0)),
                                       change.recovered};
    on_state(data, &state);
  });
}

silex_connection_statistics ConnectionHandle::read() const {
  const net::Statistics now = client_.statistics();
  return {sizeof(silex_connection_statistics),
          now.attempts,
          now.connections,
          now.emitted,
          now.sent,
          now.resent,
          now.received,
          now.dropped,
          now.replaced,
          now.waiting,
          now.waiting_bytes};
}

void ConnectionHandle::close() {
  // What the client tells before it has stopped is posted when `closed` is.
  const auto stop = [this] {
    client_.stop(flush_, [this](bool clean) { wiring_.sequence->post([this, clean] { closed(clean); }); });
  };
  const auto session = this->session();
  session ? session->afterwards(stop) : stop();
}

void ConnectionHandle::closed(bool clean) {
  post(*core_, task_, [core = core_, task = task_, on_state = on_state_, data = data_, clean] {
    if (on_state) {
      const silex_connection_state state{sizeof(silex_connection_state),
                                         SILEX_CONNECTION_CLOSED,
                                         "",
                                         clean ? "" : "some events were not sent: the service was away",
                                         0,
                                         false};
      on_state(data, &state);
    }
    static_cast<void>(core->task_close(task));
  });
  // What was handed to it is released before anybody is through with waiting.
  if (const auto session = this->session()) session->detach();
  forget_session();
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

bool ConnectionHandle::is_closed() {
  const std::lock_guard lock(mutex_);
  return closed_;
}

void ConnectionHandle::wait_until_closed() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return closed_; });
}

}  // namespace silex::abi
