#include "abi/session_handle.hpp"

#include "action/run/runner.hpp"
#include "net/codec/json_writer.hpp"
#include "platform/process.hpp"
#include "platform/uuid.hpp"

#include <stdexcept>
#include <string_view>
#include <utility>

namespace silex::abi {

namespace {

constexpr std::string_view kActions = "/dcc/action";

std::string text_of(const net::Json& value) {
  std::string text;
  net::write_json(text, value);
  return text;
}

}  // namespace

// The functions of the C ABI; the last owner of what was handed to them releases it.
class SessionHandle::Told {
 public:
  Told(const silex_session_options& from, std::shared_ptr<action::ActionTable> actions)
      : to_(from), actions_(std::move(actions)) {}
  Told(const Told&) = delete;
  Told& operator=(const Told&) = delete;
  ~Told() {
    if (begun_ && to_.release) to_.release(to_.data);
  }
  void begin() { begun_ = true; }
  static net::SessionHandlers handlers(const std::shared_ptr<const Told>& told) {
    return {[told](const net::Json& query) { told->query(query); },
            [told](const std::string& uuid, const net::Json& diff) { told->update(uuid, diff); },
            [told](const std::string& uuid) { told->clear(uuid); },
            [told](const std::string& uuid, bool full) { told->undo(uuid, full); },
            [told](const net::Json& launch) { told->launch(launch); },
            [told](net::SessionState state, const std::string& why) { told->state(state, why); }};
  }

  void query(const net::Json& query) const {
    if (to_.on_query) to_.on_query(to_.data, text_of(query).c_str());
  }
  void update(const std::string& uuid, const net::Json& diff) const {
    if (const auto runner = actions_->find(uuid)) return runner->answer(diff);
    if (to_.on_update) to_.on_update(to_.data, uuid.c_str(), text_of(diff).c_str());
  }
  void clear(const std::string& uuid) const {
    if (const auto runner = actions_->find(uuid)) return runner->clear();
    if (to_.on_clear) to_.on_clear(to_.data, uuid.c_str());
  }
  void undo(const std::string& uuid, bool full) const {
    if (const auto runner = actions_->find(uuid)) return runner->undo(full, 0);
    if (to_.on_undo) to_.on_undo(to_.data, uuid.c_str(), full);
  }
  void launch(const net::Json& launch) const {
    if (to_.on_launch) to_.on_launch(to_.data, text_of(launch).c_str());
  }
  void state(net::SessionState state, const std::string& sentence) const {
    // The end of the connection is told as the connection's.
    if (!to_.on_state || state == net::SessionState::stopped) return;
    const silex_session_state told{sizeof(silex_session_state), kind_of(state), sentence.c_str()};
    to_.on_state(to_.data, &told);
  }

 private:
  static silex_session_state_kind kind_of(net::SessionState state) {
    switch (state) {
      case net::SessionState::introducing:
        return SILEX_SESSION_INTRODUCING;
      case net::SessionState::ready:
        return SILEX_SESSION_READY;
      case net::SessionState::refused:
        return SILEX_SESSION_REFUSED;
      default:
        return SILEX_SESSION_DISCONNECTED;
    }
  }
  const silex_session_options to_;
  const std::shared_ptr<action::ActionTable> actions_;
  bool begun_ = false;  // where it could not begin, nothing is released
};

namespace {

template <typename Function>
Status refusing(Function&& function) {
  try {
    function();
  } catch (const std::invalid_argument& wrong) {
    return {SILEX_ERROR_INVALID_ARGUMENT, wrong.what()};
  }
  return {};
}

}  // namespace

SessionHandle::SessionHandle(const silex_session_options& options, net::Json context, std::string dcc,
                             std::shared_ptr<action::ActionTable> actions, net::Executor loop,
                             net::LogSink log, net::Wiring& wiring)
    : dcc_(std::move(dcc)),
      context_(filled_in(std::move(context), {})),
      told_(std::make_shared<Told>(options, std::move(actions))),
      core_(std::make_shared<net::SessionCore>(context_, Told::handlers(told_), std::move(loop),
                                               std::move(log), wiring)) {}

void SessionHandle::begin(net::Client& client, const net::Json& auth) {
  core_->attach(client, auth);
  told_->begin();
}

bool SessionHandle::owns(const std::string& nsp) {
  return nsp == "/dcc" || nsp == kActions || nsp == "/front-event";
}

bool SessionHandle::owns(const std::string& nsp, const std::string& event) {
  return nsp == kActions &&
         (event == "query" || event == "update" || event == "clear" || event == "undo" || event == "launch");
}

net::Json SessionHandle::filled_in(net::Json context, const net::Json& before) const {
  if (context.is_null()) context = net::Json::object();
  const auto fill = [&](const char* key, net::Json value) {
    if (!context.contains(key)) context[key] = std::move(value);
  };
  // What was filled in once stays.
  for (const char* key : {"uuid", "name", "dcc", "pid", "user"}) {
    if (before.contains(key)) fill(key, before[key]);
  }
  fill("uuid", platform::new_uuid());
  fill("dcc", dcc_);
  fill("name", context["dcc"]);
  fill("pid", platform::process_id());
  fill("user", platform::user_name());
  return context;
}

std::string SessionHandle::context() const {
  const std::lock_guard lock(mutex_);
  return text_of(context_);
}

std::string SessionHandle::uuid() const {
  const std::lock_guard lock(mutex_);
  return context_["uuid"].get<std::string>();
}

Status SessionHandle::set_context(net::Json context) {
  const std::lock_guard lock(mutex_);
  net::Json filled = filled_in(std::move(context), context_);
  return refusing([&] {
    core_->set_context(filled);
    context_ = std::move(filled);
  });
}

Status SessionHandle::query(net::Json action) {
  if (!action.contains("context_metadata")) {
    const std::lock_guard lock(mutex_);
    action["context_metadata"] = context_;
  }
  return refusing([&] { core_->query(std::move(action)); });
}

Status SessionHandle::update(net::Json diff) {
  return refusing([&] { core_->update(std::move(diff)); });
}

Status SessionHandle::clear(const std::string& uuid) {
  return refusing([&] { core_->clear(uuid); });
}

void SessionHandle::report(net::RuntimeReport report) {
  core_->post([report = std::move(report)](net::SessionCore& core) { core.report(report); });
}

void SessionHandle::front_event(std::string name, net::Json data) {
  net::EmitOptions options;
  options.when_offline = net::WhenOffline::drop;
  core_->post([name = std::move(name), data = std::move(data), options](net::SessionCore& core) {
    core.front_event(name, data, options);
  });
}

void SessionHandle::afterwards(std::function<void()> call) {
  core_->post([call = std::move(call)](net::SessionCore&) { call(); });
}

}  // namespace silex::abi
