// The session's running actions: what their owner does to them, and what users answer.
#include "net/merge.hpp"
#include "net/session_core.hpp"
#include "net/session_input.hpp"
#include "net/split.hpp"

#include <stdexcept>
#include <utility>

namespace silex::net {
namespace {
constexpr const char* action_nsp = "/dcc/action";
}

void SessionCore::require_known(const std::string& uuid, const char* what) const {
  if (known_.contains(uuid)) return;
  throw std::invalid_argument(std::string(what) + ": no action with the uuid \"" + uuid +
                              "\" is running; begin it with query()");
}

void SessionCore::set_context(Json context) {
  if (session_input::context_uuid(context) != own_uuid_) {
    throw std::invalid_argument("the context's uuid stays \"" + own_uuid_ + "\" as long as the session");
  }
  post([context = std::move(context)](SessionCore& core) mutable {
    core.context_ = std::move(context);
    core.introduce();
  });
}

void SessionCore::query(Json action) {
  const std::string uuid = session_input::action_uuid(action);
  const std::lock_guard lock(mutex_);
  known_.insert(uuid);
  posted(
      [uuid, action = std::move(action)](SessionCore& core) mutable { core.put(uuid, std::move(action)); });
}

void SessionCore::update(Json diff) {
  const std::string uuid = session_input::diff_uuid(diff);
  const std::lock_guard lock(mutex_);
  require_known(uuid, "update");
  posted([uuid, diff = std::move(diff)](SessionCore& core) mutable { core.merge(uuid, std::move(diff)); });
}

void SessionCore::clear(const std::string& uuid) {
  const std::lock_guard lock(mutex_);
  require_known(uuid, "clear");
  known_.erase(uuid);
  posted([uuid](SessionCore& core) { core.remove(uuid); });
}

void SessionCore::put(const std::string& uuid, Json action) {
  // The service's old one would be merged with the new one's snapshot.
  if (!sending() && told_.contains(uuid)) owed_clears_.insert(uuid);
  running_[uuid] = action;
  send("query", uuid, std::move(action));
}

void SessionCore::merge(const std::string& uuid, Json diff) {
  const auto running = running_.find(uuid);
  if (running == running_.end()) return;  // the user cleared it, and its owner has not heard of it yet
  deep_merge(*running, diff);
  send("update", uuid, std::move(diff));
}

void SessionCore::remove(const std::string& uuid) {
  running_.erase(uuid);
  if (told_.erase(uuid) == 0) return;
  owed_clears_.insert(uuid);
  send("clearAction", uuid, {{"uuid", uuid}});
}

void SessionCore::send(const char* name, const std::string& uuid, Json payload) {
  if (!sending()) return;
  if (running_.contains(uuid)) told_.insert(uuid);
  if (introducing_) {
    kept_.push_back({name, uuid, std::move(payload)});
  } else {
    emit_now(name, uuid, std::move(payload), false);
  }
}

void SessionCore::emit_now(const char* name, const std::string& uuid, Json payload, bool first) {
  const auto found = payload.find("context_metadata");
  Json metadata = found == payload.end() ? Json() : *found;
  auto parts = split(std::move(payload), {{"uuid", uuid}}, limit_);
  // The service takes no action without its metadata.
  if (!metadata.is_null() && !parts.front().contains("context_metadata"))
    parts.insert(parts.begin(), {{"uuid", uuid}, {"context_metadata", std::move(metadata)}});
  for (Json& part : parts) {
    emit_part(name, uuid, std::move(part), first);
    name = "update";
  }
}

void SessionCore::emit_part(const char* name, const std::string& uuid, Json payload, bool first) {
  if (client_ == nullptr) return;
  EmitOptions options;
  options.visit = action_visit_;
  options.first = first;
  client_->emit(
      action_nsp, name, {std::move(payload)}, options,
      [self = shared_from_this(), name = std::string(name), uuid, snapshot = snapshot_](const Ack& ack) {
        self->answered(name, uuid, snapshot, ack);
        self->loop_.flush();
      });
}

void SessionCore::answered(const std::string& name, const std::string& uuid, std::uint64_t snapshot,
                           const Ack& ack) {
  if (name == "clearAction") {
    // One without an answer in time is not repeated for ever.
    if (ack.status == AckStatus::acknowledged || ack.status == AckStatus::timed_out) owed_clears_.erase(uuid);
    return;
  }
  // What is too large, alone, is missing from what the service has; the client said so.
  const auto refusal = session_input::refusal(ack);
  if (!refusal) return;
  if (name == "update") return forgotten(snapshot, uuid);
  log_(LogLevel::error, "the service refuses the action " + uuid + ": " + *refusal);
}

void SessionCore::received(const std::string& name, const Incoming& event) {
  const Json data = event.arguments.empty() ? Json() : event.arguments.front();
  if (name == "query") {
    if (handlers_->on_query) loop_.add([handlers = handlers_, data] { handlers->on_query(data); });
    return;
  }
  if (name == "launch") return launched(data);
  const std::string uuid = data.is_object() ? session_input::text(data, "uuid") : "";
  if (!running_.contains(uuid)) {
    return log_(LogLevel::warning, "the service sent \"" + name + "\" for the action \"" + uuid +
                                       "\", which is not running: ignored");
  }
  if (name == "update" && handlers_->on_update) {
    loop_.add([handlers = handlers_, uuid, data] { handlers->on_update(uuid, data); });
  } else if (name == "undo" && handlers_->on_undo) {
    const auto full = data.find("full");
    const bool all = full != data.end() && full->is_boolean() && full->get<bool>();
    loop_.add([handlers = handlers_, uuid, all] { handlers->on_undo(uuid, all); });
  } else if (name == "clear") {
    running_.erase(uuid);
    told_.erase(uuid);
    // Its owner may use the uuid until it hears of this.
    loop_.add([core = weak_from_this(), handlers = handlers_, uuid] {
      if (const auto self = core.lock()) {
        const std::lock_guard lock(self->mutex_);
        self->known_.erase(uuid);
      }
      if (handlers->on_clear) handlers->on_clear(uuid);
    });
  }
}

void SessionCore::launched(const Json& launch) {
  const std::string action = launch.is_object() ? session_input::text(launch, "action") : "";
  if (!action.empty() && handlers_->on_launch) {
    return loop_.add([handlers = handlers_, launch] { handlers->on_launch(launch); });
  }
  log_(LogLevel::warning, action.empty()
                              ? "the service sent \"launch\" without the name of an action: ignored"
                              : "a user launched \"" + action + "\", but this host launches none: ignored");
}

}  // namespace silex::net
