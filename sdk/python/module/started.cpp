#include "started.hpp"

#include "command.hpp"
#include "hooks.hpp"
#include "main_thread.hpp"
#include "process.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace silex::python {

Standing::Snapshot Standing::read() const {
  const std::lock_guard lock(mutex_);
  return snapshot_;
}

void Standing::connection(const char* state, const std::string& message) {
  const std::lock_guard lock(mutex_);
  snapshot_.connection = state;
  snapshot_.message = message;
}

void Standing::warning(const std::string& text) {
  const std::lock_guard lock(mutex_);
  snapshot_.last_warning = text;
}

// To standard error as the runtime itself writes it; what warns is kept for status().
void Started::log(void* self, silex_log_level level, const char* message) {
  auto& started = *static_cast<Started*>(self);
  if (level >= SILEX_LOG_WARNING) started.standing_.warning(message);
  static constexpr std::array kNames{"debug", "info", "warning", "error", "critical"};
  const auto now = std::chrono::system_clock::now();
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1000;
  std::tm time{};
#if defined(_WIN32)
  localtime_s(&time, &seconds);
#else
  localtime_r(&seconds, &time);
#endif
  std::fprintf(stderr, "[%02d:%02d:%02d.%03d] [silex] [%s] %s\n", time.tm_hour, time.tm_min, time.tm_sec,
               static_cast<int>(milliseconds), kNames.at(static_cast<std::size_t>(level)), message);
}

void Started::connection_changed(void* self, const silex_connection_state* state) {
  // All else the session tells, which is not there yet when the service answers.
  if (state->kind == SILEX_CONNECTION_CLOSED) {
    static_cast<Started*>(self)->standing_.connection("off", state->message);
  }
}

void Started::session_changed(void* self, const silex_session_state* state) {
  Standing& standing = static_cast<Started*>(self)->standing_;
  switch (state->kind) {
    case SILEX_SESSION_READY:
      return standing.connection("connected", "");
    case SILEX_SESSION_INTRODUCING:
      return standing.connection("connecting", "");
    case SILEX_SESSION_REFUSED:
    case SILEX_SESSION_DISCONNECTED:
      if (state->message[0] != '\0') standing.warning(state->message);
      return standing.connection("back-off", state->message);
  }
}

namespace {

// [worker-thread] A user starts an action here.
silex_status launch(void* data, const silex_scope* /*scope*/) {
  if (finalizing.load() || Py_IsInitialized() == 0) return SILEX_ERROR_CANCELLED;
  const Gil gil;
  const Ref done(call_with(hooks.launch, "s", static_cast<std::string*>(data)->c_str()));
  if (!done) report_error("an action that a user launched could not be started");
  return SILEX_OK;
}

}  // namespace

// On a worker: the loop may neither take the GIL nor read definitions.
void Started::launched(void* self, const char* launch_text) {
  const auto& started = *static_cast<Started*>(self);
  auto text = std::make_unique<std::string>(launch_text);
  silex_work work{};
  work.size = sizeof work;
  work.name = "launch an action";
  work.data = text.get();
  work.run = &launch;
  work.release = [](void* data) { delete static_cast<std::string*>(data); };
  if (silex_submit(started.runtime_, &work, nullptr) == SILEX_OK) static_cast<void>(text.release());
}

silex_status Started::create(const Options& options) {
  silex_options raw{};
  raw.size = sizeof raw;
  raw.adapter_path = options.adapter_path.c_str();
  raw.log_sink = &Started::log;
  raw.log_data = this;
  if (!options.config.empty()) raw.config_file = options.config.c_str();
  return silex_runtime_create(&raw, &runtime_);
}

silex_status Started::choose_adapter(const std::string& name) {
  const silex_status chosen = silex_adapter_choose(runtime_, name.empty() ? nullptr : name.c_str());
  if (chosen == SILEX_OK) {
    host_ = silex_adapter_name(runtime_);
  } else if (name.empty() && chosen == SILEX_ERROR_NO_HOST) {
    return SILEX_OK;  // no host: whoever waits on the main thread pumps
  }
  return chosen;
}

silex_status Started::connect(const Options& options) {
  if (options.url && options.url->empty()) return SILEX_OK;
  standing_.connection("connecting", "");
  silex_connection_options raw{};
  raw.size = sizeof raw;
  if (options.url) raw.url = options.url->c_str();
  raw.data = this;
  raw.on_state = &Started::connection_changed;
  const silex_status opened = silex_connection_open(runtime_, &raw, &connection_);
  if (opened != SILEX_OK) return opened;
  silex_session_options session{};
  session.size = sizeof session;
  session.context = options.context.empty() ? "{}" : options.context.c_str();
  session.data = this;
  session.on_state = &Started::session_changed;
  session.on_launch = &Started::launched;
  return silex_session_begin(runtime_, connection_, &session);
}

std::shared_ptr<Started> Started::start(const Options& options) {
  std::shared_ptr<Started> started(new Started(options));
  silex_status status = started->create(options);
  if (status == SILEX_OK) status = started->choose_adapter(options.adapter);
  if (status == SILEX_OK) status = silex_runtime_start(started->runtime_);
  bool has_raised = false;
  if (status == SILEX_OK) {
    // Before the connection, by which users may launch what needs them.
    has_raised = !add_commands_to(started->runtime_);
    if (!has_raised) status = started->connect(options);
  }
  if (status == SILEX_OK && !has_raised) return started;
  if (!has_raised) raise_last_error();
  const Ref why = take_exception();
  if (started->runtime_) static_cast<void>(started->stop());
  raise(why.get());
  return nullptr;
}

silex_status Started::stop() {
  const WithoutGil others_go_on;
  return silex_runtime_stop(runtime_);
}

Started::~Started() {
  // Whoever is the last to use it has the GIL, and is the main thread: see retire().
  static_cast<void>(silex_runtime_destroy(runtime_));
}

namespace {

// Runtimes that nobody uses any more go where it is safe: on the main thread, outside of a deferred call.
void destroy_retired() {
  auto& retired = process().retired;
  std::erase_if(retired, [](const std::shared_ptr<Started>& started) { return started.use_count() == 1; });
}

}  // namespace

PyObject* start(PyObject* /*module*/, PyObject* arguments, PyObject* keywords) {
  static std::array names{"url",    "adapter", "adapter_path",
                          "config", "context", static_cast<const char*>(nullptr)};
  std::array<const char*, 5> texts{};
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "zzzzz:start", const_cast<char**>(names.data()),
                                   &texts[0], &texts[1], &texts[2], &texts[3], &texts[4])) {
    return nullptr;
  }
  Process& here = process();
  if (here.started && silex_runtime_is_running(here.started->runtime())) return truth(false);
  if (!is_process_main_thread()) {
    return raise_error(SILEX_ERROR_WRONG_THREAD,
                       "silex.start() was called on a thread that is not the process's main thread: call it "
                       "where the host runs your script, or defer it to that thread");
  }
  const auto text = [&](std::size_t index) { return texts.at(index) ? std::string(texts.at(index)) : ""; };
  const auto url = texts[0] ? std::optional<std::string>(texts[0]) : std::nullopt;
  if (here.started) here.retired.push_back(std::move(here.started));
  here.started.reset();
  if (!is_inside_a_call()) destroy_retired();
  const auto made = Started::start({url, text(1), text(2), text(3), text(4)});
  if (!made) return nullptr;
  here.started = made;
  return truth(true);
}

PyObject* stop(PyObject* /*module*/, PyObject* /*nothing*/) {
  const auto started = process().started;
  if (!started) return none();
  const silex_status stopped = started->stop();
  // What is left behind is a thread, and the log says so; the runtime is stopped.
  if (stopped != SILEX_OK && stopped != SILEX_ERROR_TIMED_OUT) return raise_last_error();
  process().lane.sweep();
  return none();
}

PyObject* is_running(PyObject* /*module*/, PyObject* /*nothing*/) {
  const auto& started = process().started;
  return truth(started && silex_runtime_is_running(started->runtime()));
}

PyObject* standing(PyObject* /*module*/, PyObject* /*nothing*/) {
  const auto& started = process().started;
  if (!started) return none();
  process().lane.sweep();
  const Standing::Snapshot now = started->standing().read();
  return Py_BuildValue("sssss", now.connection.c_str(), now.message.c_str(), started->url().c_str(),
                       started->host().c_str(), now.last_warning.c_str());
}

PyObject* context(PyObject* /*module*/, PyObject* /*nothing*/) {
  const auto started = process().started;
  if (!started || started->connection() == 0) return none();
  std::string text(1024, '\0');
  for (;;) {
    std::uint64_t length = 0;
    if (silex_session_context(started->runtime(), started->connection(), text.data(), text.size(), &length) !=
        SILEX_OK) {
      return raise_last_error();
    }
    if (length < text.size())
      return PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(length), "replace");
    text.resize(length + 1);
  }
}

PyObject* write_log(PyObject* /*module*/, PyObject* arguments) {
  int level = SILEX_LOG_INFO;
  const char* text = nullptr;
  if (!PyArg_ParseTuple(arguments, "is:log", &level, &text)) return nullptr;
  const auto& started = process().started;
  if (!started) {
    std::fprintf(stderr, "[silex] %s\n", text);
  } else if (silex_log(started->runtime(), static_cast<silex_log_level>(level), text) != SILEX_OK) {
    return raise_last_error();
  }
  return none();
}

PyObject* current_thread(PyObject* /*module*/, PyObject* /*nothing*/) {
  const auto& started = process().started;
  return PyLong_FromLong(started ? silex_current_thread(started->runtime()) : SILEX_THREAD_OTHER);
}

}  // namespace silex::python
