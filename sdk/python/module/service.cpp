#include "service.hpp"

#include "call.hpp"
#include "hooks.hpp"
#include "process.hpp"
#include "work.hpp"

namespace silex::python {

namespace {

constexpr const char* kCapsule = "silex.incoming";

// An event that came in, until it was answered.
struct Incoming {
  PyObject* function;  // until it was called; with a reference of the listener's, given up on the lane
  std::shared_ptr<Started> started;
  silex_id reply;
  std::string arguments;
};

struct Listener {
  PyObject* function;
  std::shared_ptr<Started> started;
};

void free_incoming(PyObject* capsule) {
  delete static_cast<Incoming*>(PyCapsule_GetPointer(capsule, kCapsule));
}

// [the lane] The function may answer it later, with reply().
void call_listener(void* data) {
  auto* const incoming = static_cast<Incoming*>(data);
  const Ref capsule(PyCapsule_New(incoming, kCapsule, &free_incoming));
  if (!capsule) delete incoming;
  const Ref done(capsule ? call_with(incoming->function, "Os", capsule.get(), incoming->arguments.c_str())
                         : nullptr);
  if (!done) report_error("who listens to an event of the service raised");
}

// Not connected: there is nothing to listen or emit to.
bool is_connected(const Started& started) {
  if (started.connection() != 0) return true;
  raise_error(SILEX_ERROR_NOT_RUNNING, "there is no connection to a service: pass silex.start() its url");
  return false;
}

}  // namespace

PyObject* listen(PyObject* /*module*/, PyObject* arguments) {
  const char* nsp = nullptr;
  const char* event = nullptr;
  PyObject* function = nullptr;
  if (!PyArg_ParseTuple(arguments, "ssO", &nsp, &event, &function)) return nullptr;
  const auto started = running();
  if (!started || !is_connected(*started)) return nullptr;
  silex_listener listener{};
  listener.size = sizeof listener;
  listener.nsp = nsp;
  listener.name = event;
  std::unique_ptr<Listener> kept;
  if (function != Py_None) {
    kept = std::make_unique<Listener>(Listener{function, started});
    listener.data = kept.get();
    listener.event = [](void* data, const silex_incoming* incoming) {
      const auto& to = *static_cast<Listener*>(data);
      process().lane.push_task(&call_listener,
                               new Incoming{to.function, to.started, incoming->reply,
                                            incoming->arguments.json ? incoming->arguments.json : "[]"});
    };
    listener.release = [](void* data) {
      // After the events that are on their way to it.
      process().lane.push_task(
          [](void* last) {
            const std::unique_ptr<Listener> gone(static_cast<Listener*>(last));
            drop(gone->function);
          },
          data);
    };
    Py_IncRef(function);
  }
  if (silex_connection_listen(started->runtime(), started->connection(), &listener) != SILEX_OK) {
    if (kept) drop(function);
    return raise_last_error();
  }
  static_cast<void>(kept.release());
  return none();
}

PyObject* reply(PyObject* /*module*/, PyObject* parsed) {
  PyObject* capsule = nullptr;
  const char* json = nullptr;
  if (!PyArg_ParseTuple(parsed, "Os", &capsule, &json)) return nullptr;
  const auto* const incoming = static_cast<Incoming*>(PyCapsule_GetPointer(capsule, kCapsule));
  if (!incoming) return nullptr;
  if (incoming->reply == 0) return none();
  silex_arguments arguments{};
  arguments.size = sizeof arguments;
  arguments.json = json;
  // The connection may be lost since; then nobody waits for it.
  static_cast<void>(silex_connection_reply(incoming->started->runtime(), incoming->started->connection(),
                                           incoming->reply, &arguments));
  return none();
}

PyObject* emit(PyObject* /*module*/, PyObject* arguments) {
  const char* nsp = nullptr;
  const char* event = nullptr;
  const char* json = nullptr;
  PyObject* seconds = nullptr;
  if (!PyArg_ParseTuple(arguments, "sssO", &nsp, &event, &json, &seconds)) return nullptr;
  std::uint64_t timeout = 0;
  if (!read_timeout(seconds, 0, timeout)) return nullptr;
  const auto started = running();
  if (!started || !is_connected(*started)) return nullptr;
  Ref owned(as_object(new_call(event, nullptr, nullptr)));
  if (!owned) return nullptr;
  Call& call = *reinterpret_cast<Call*>(owned.get());
  silex_emission emission{};
  emission.size = sizeof emission;
  emission.nsp = nsp;
  emission.name = event;
  emission.arguments.size = sizeof emission.arguments;
  emission.arguments.json = json;
  emission.timeout_ns = timeout;
  emission.data = &call;
  emission.acknowledged = [](void* data, const silex_acknowledgement* answer) {
    Call& waiting = *static_cast<Call*>(data);
    if (answer->status == SILEX_OK) {
      end_with_text(waiting, answer->arguments.json ? answer->arguments.json : "[]");
    } else {
      end_with_status(waiting, answer->status, answer->message, "");
    }
    drop_references_later(waiting);
  };
  add_references(call);
  silex_id id = 0;
  if (silex_connection_emit(started->runtime(), started->connection(), &emission, &id) != SILEX_OK) {
    remove_references(call);
    return raise_last_error();
  }
  call.parts->work.store(id, std::memory_order_relaxed);
  process().lane.sweep();
  return owned.release();
}

}  // namespace silex::python
