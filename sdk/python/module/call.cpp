#include "call.hpp"

#include "hooks.hpp"
#include "process.hpp"
#include "work.hpp"

#include <array>
#include <new>

namespace silex::python {

namespace {

PyTypeObject* type = nullptr;

Call& as_call(PyObject* self) {
  return *reinterpret_cast<Call*>(self);
}

// With the GIL. Whether the lane is to be told, for which it adds a reference.
bool set_ended(Call& call) {
  Call::Parts& parts = *call.parts;
  parts.ended.store(true);
  if (!parts.has_callbacks.load() || parts.queued.exchange(true)) return false;
  Py_IncRef(as_object(&call));
  return true;
}

void tell_end(Call& call) {
  wake_waiters(call, set_ended(call));
}

// An exception that nobody asked for would be lost.
void report_unseen(Call& call) {
  Call::Parts& parts = *call.parts;
  if (parts.seen || !parts.exception || !parts.ended.load() || finalizing.load()) return;
  PyObject* error_type = nullptr;
  PyObject* value = nullptr;
  PyObject* traceback = nullptr;
  PyErr_Fetch(&error_type, &value, &traceback);
  const std::string what = "'" + parts.name + "' raised, and nobody asked for its result";
  raise(parts.exception);
  report_error(what.c_str());
  PyErr_Restore(error_type, value, traceback);
}

int traverse(PyObject* self, visitproc visit, void* data) {
  int stopped = visit(reinterpret_cast<PyObject*>(Py_TYPE(self)), data);
  if (const Call::Parts* const parts = as_call(self).parts) {
    for (PyObject* const object : {parts->function, parts->arguments, parts->canceller, parts->callbacks,
                                   parts->value, parts->exception}) {
      if (stopped == 0 && object) stopped = visit(object, data);
    }
  }
  return stopped;
}

int clear(PyObject* self) {
  if (Call::Parts* const parts = as_call(self).parts) {
    for (PyObject** const object : {&parts->function, &parts->arguments, &parts->canceller, &parts->callbacks,
                                    &parts->value, &parts->exception}) {
      const Ref gone(std::exchange(*object, nullptr));
    }
  }
  return 0;
}

void dealloc(PyObject* self) {
  PyObject_GC_UnTrack(self);
  Call& call = as_call(self);
  if (call.parts) report_unseen(call);
  clear(self);
  delete call.parts;
  PyTypeObject* const own_type = Py_TYPE(self);
  reinterpret_cast<freefunc>(PyType_GetSlot(own_type, Py_tp_free))(self);
  Py_DecRef(reinterpret_cast<PyObject*>(own_type));
}

PyObject* refuse_new(PyTypeObject* /*type*/, PyObject* /*arguments*/, PyObject* /*keywords*/) {
  PyErr_SetString(PyExc_TypeError, "a silex.Call is made by silex.defer(), worker(), run() and execute()");
  return nullptr;
}

PyObject* repr(PyObject* self) {
  const Call::Parts& parts = *as_call(self).parts;
  const char* state = "waits";
  if (parts.ended.load()) {
    state = parts.failure     ? silex_status_name(parts.failure->status)
            : parts.exception ? "raised"
                              : "has a value";
  } else if (parts.started.load()) {
    state = "runs";
  }
  return PyUnicode_FromFormat("<silex.Call '%s' %s>", parts.name.c_str(), state);
}

PyObject* done(PyObject* self, PyObject* /*nothing*/) {
  return truth(as_call(self).parts->ended.load());
}

PyObject* running(PyObject* self, PyObject* /*nothing*/) {
  const Call::Parts& parts = *as_call(self).parts;
  return truth(parts.started.load() && !parts.ended.load());
}

PyObject* cancelled(PyObject* self, PyObject* /*nothing*/) {
  const Call::Parts& parts = *as_call(self).parts;
  return truth(parts.ended.load() && parts.failure && parts.failure->status == SILEX_ERROR_CANCELLED);
}

PyObject* cancel(PyObject* self, PyObject* /*nothing*/) {
  return cancel_call(as_call(self));
}

// Waits, and says whether the call has ended; else an error is set.
bool wait(PyObject* self, PyObject* arguments, PyObject* keywords) {
  static std::array names{"timeout", static_cast<const char*>(nullptr)};
  PyObject* timeout = Py_None;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|O", const_cast<char**>(names.data()), &timeout)) {
    return false;
  }
  Call& call = as_call(self);
  bool in_time = true;
  if (!call.parts->ended.load() && !wait_for(call, timeout, in_time)) return false;
  if (in_time) return true;
  const std::string message = "'" + call.parts->name + "' has not ended yet; it goes on";
  raise_error(SILEX_ERROR_TIMED_OUT, message.c_str());
  return false;
}

PyObject* result(PyObject* self, PyObject* arguments, PyObject* keywords) {
  return wait(self, arguments, keywords) ? outcome(as_call(self)) : nullptr;
}

// The exception that stands for its end, made once; nullptr where it has a value.
PyObject* exception_of(Call& call) {
  Call::Parts& parts = *call.parts;
  parts.seen = true;
  if (parts.failure && !parts.failure->is_raised) {
    Ref error =
        make_error(parts.failure->status, parts.failure->message.c_str(), parts.failure->detail.c_str());
    if (!error) return nullptr;
    // Kept, so that all who ask are told the same; what the function raised after all is not its end.
    const Ref old(std::exchange(parts.exception, error.release()));
    parts.failure->is_raised = true;
  }
  return parts.exception;
}

PyObject* exception(PyObject* self, PyObject* arguments, PyObject* keywords) {
  if (!wait(self, arguments, keywords)) return nullptr;
  PyObject* const raised = exception_of(as_call(self));
  if (!raised && PyErr_Occurred()) return nullptr;
  return new_reference(raised ? raised : Py_None);
}

// callback(argument), on the lane; at once where it has ended, and in the order in which they were added.
bool add_callback(Call& call, PyObject* callback, PyObject* argument) {
  Call::Parts& parts = *call.parts;
  if (!process().lane.is_open()) {
    const Ref opened(call_on(hooks.open_lane));
    if (!opened) return false;
  }
  // Those of before are with the lane already, which empties the list.
  if (!parts.callbacks) parts.callbacks = PyList_New(0);
  const Ref pair(PyTuple_Pack(2, callback, argument));
  if (!parts.callbacks || !pair || PyList_Append(parts.callbacks, pair.get()) != 0) return false;
  parts.has_callbacks.store(true);
  if (!parts.ended.load()) return true;
  parts.queued.store(true);
  Py_IncRef(as_object(&call));
  process().lane.push_ended(&call);
  return true;
}

PyObject* add_done_callback(PyObject* self, PyObject* callback) {
  return add_callback(as_call(self), callback, self) ? none() : nullptr;
}

PyObject* future(PyObject* self, PyObject* /*nothing*/) {
  return call_on(hooks.make_future, self);
}

PyObject* await(PyObject* self) {
  return call_on(hooks.await_call, self);
}

PyObject* name(PyObject* self, void* /*closure*/) {
  return PyUnicode_FromString(as_call(self).parts->name.c_str());
}

PyObject* class_getitem(PyObject* own_type, PyObject* value) {
  return Py_GenericAlias(own_type, value);
}

PyCFunction with_keywords(PyObject* (*function)(PyObject*, PyObject*, PyObject*)) {
  return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}

Call* checked(PyObject* object) {
  if (Py_TYPE(object) == type) return reinterpret_cast<Call*>(object);
  PyErr_Format(PyExc_TypeError, "%R is no silex.Call", object);
  return nullptr;
}

}  // namespace

PyTypeObject* call_type() {
  if (type) return type;
  static std::array methods{
      PyMethodDef{"done", &done, METH_NOARGS,
                  "done($self, /)\n--\n\nWhether it has ended. Never blocks; any thread."},
      PyMethodDef{"running", &running, METH_NOARGS,
                  "running($self, /)\n--\n\nWhether it has begun and not ended. Never blocks; any thread."},
      PyMethodDef{
          "cancelled", &cancelled, METH_NOARGS,
          "cancelled($self, /)\n--\n\nWhether it ended by being cancelled. Never blocks; any thread."},
      PyMethodDef{"cancel", &cancel, METH_NOARGS,
                  "cancel($self, /)\n--\n\nWithdraws it: what has not begun never runs, what runs is asked "
                  "to stop (see silex.stop_requested()).\nReturns False where it has ended already. Never "
                  "blocks; any thread."},
      PyMethodDef{
          "result", with_keywords(&result), METH_VARARGS | METH_KEYWORDS,
          "result($self, /, timeout=None)\n--\n\nWaits for its end (seconds; None: for ever) and returns its "
          "value, or raises what it raised.\nOn the main thread deferred calls go on meanwhile. Raises "
          "silex.TimedOut when the time is up,\nsilex.WouldDeadlock in a coroutine: await it there."},
      PyMethodDef{"exception", with_keywords(&exception), METH_VARARGS | METH_KEYWORDS,
                  "exception($self, /, timeout=None)\n--\n\nAs result(), but returns the exception; None "
                  "where it has a value."},
      PyMethodDef{
          "add_done_callback", &add_done_callback, METH_O,
          "add_done_callback($self, callback, /)\n--\n\nCalls callback(call) on the Python lane when it has "
          "ended, or soon where it has.\nWhat it raises is written to the log. Any thread."},
      PyMethodDef{
          "future", &future, METH_NOARGS,
          "future($self, /)\n--\n\nA concurrent.futures.Future that ends as this does; cancelling it cancels "
          "this. Any thread."},
      PyMethodDef{
          "__class_getitem__", &class_getitem, METH_O | METH_CLASS,
          "__class_getitem__($type, value, /)\n--\n\nCall[T], for annotations: a call with such a value."},
      PyMethodDef{nullptr, nullptr, 0, nullptr}};
  static std::array getters{PyGetSetDef{"name", &name, nullptr, "What warnings call it.", nullptr},
                            PyGetSetDef{nullptr, nullptr, nullptr, nullptr, nullptr}};
  static constexpr const char* kDoc =
      "Something that was asked for, and how it ends: with a value, with the exception that it raised, or "
      "with "
      "silex.Cancelled, TimedOut or HostGone.\n\n`await` it in a coroutine, of silex.run() or of any asyncio "
      "loop; wait for it elsewhere with result().";
  const auto slot = [](int id, auto* what) { return PyType_Slot{id, reinterpret_cast<void*>(what)}; };
  std::array slots{slot(Py_tp_new, &refuse_new),
                   slot(Py_tp_dealloc, &dealloc),
                   slot(Py_tp_traverse, &traverse),
                   slot(Py_tp_clear, &clear),
                   slot(Py_tp_repr, &repr),
                   slot(Py_tp_methods, methods.data()),
                   slot(Py_tp_getset, getters.data()),
                   slot(Py_am_await, &await),
                   PyType_Slot{Py_tp_doc, const_cast<char*>(kDoc)},
                   PyType_Slot{0, nullptr}};
  PyType_Spec spec{"silex.Call", static_cast<int>(sizeof(Call)), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
                   slots.data()};
  type = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
  return type;
}

Call* new_call(const std::string& name, PyObject* function, PyObject* arguments) {
  auto parts = std::make_unique<Call::Parts>();
  parts->name = name;
  PyObject* const object = PyType_GenericAlloc(type, 0);
  if (!object) return nullptr;
  Py_IncRef(function);
  Py_IncRef(arguments);
  parts->function = function;
  parts->arguments = arguments;
  as_call(object).parts = parts.release();
  return &as_call(object);
}

bool claim(Call& call) noexcept {
  return !call.parts->claimed.exchange(true);
}

bool set_value(Call& call, PyObject* value) {
  call.parts->value = value;
  return set_ended(call);
}

bool set_exception(Call& call, PyObject* exception) {
  call.parts->exception = exception;
  return set_ended(call);
}

void wake_waiters(Call& call, bool tell_lane) noexcept {
  if (tell_lane) process().lane.push_ended(&call);
  process().waiters.notify();
}

void end_with_value(Call& call, PyObject* value) {
  call.parts->value = value;
  tell_end(call);
}

void end_with_exception(Call& call, PyObject* exception) {
  call.parts->exception = exception;
  tell_end(call);
}

void end_without_gil(Call& call, std::unique_ptr<Failure> failure) noexcept {
  Call::Parts& parts = *call.parts;
  parts.failure = std::move(failure);
  parts.ended.store(true);
  if (parts.has_callbacks.load() && !parts.queued.exchange(true)) {
    parts.end_reference_used = true;
    process().lane.push_ended(&call);
  }
  process().waiters.notify();
}

void end_with_text(Call& call, const char* json) noexcept {
  if (!claim(call)) return;
  call.parts->text = std::make_unique<std::string>(json);
  end_without_gil(call, nullptr);
}

void end_with_status(Call& call, silex_status status, const char* message, const char* detail) noexcept {
  if (!claim(call)) return;
  end_without_gil(call, std::make_unique<Failure>(Failure{status, message, detail, false}));
}

void add_references(Call& call) {
  Py_IncRef(as_object(&call));  // for the runtime, until it releases the work
  Py_IncRef(as_object(&call));  // for the lane, if it is told of the end
}

void remove_references(Call& call) {
  drop(as_object(&call));
  drop(as_object(&call));
}

void drop_references_later(Call& call) noexcept {
  LaneQueue& lane = process().lane;
  if (!call.parts->end_reference_used) lane.push_dropped(as_object(&call));
  lane.push_dropped(as_object(&call));
}

PyObject* outcome(Call& call) {
  if (PyObject* const raised = exception_of(call)) {
    raise(raised);
    return nullptr;
  }
  if (PyErr_Occurred()) return nullptr;
  if (call.parts->text && !call.parts->value) {
    // Read once: all who ask are given the same.
    PyObject* const value = call_with(hooks.read_json, "s", call.parts->text->c_str());
    if (!value) return nullptr;
    const Ref old(std::exchange(call.parts->value, value));
  }
  return new_reference(call.parts->value ? call.parts->value : Py_None);
}

PyObject* call_make(PyObject* /*module*/, PyObject* arguments) {
  const char* called = nullptr;
  PyObject* canceller = nullptr;
  if (!PyArg_ParseTuple(arguments, "sO:make_call", &called, &canceller)) return nullptr;
  Call* const call = new_call(called, nullptr, nullptr);
  if (!call) return nullptr;
  call->parts->started.store(true);
  call->parts->canceller = new_reference(canceller);
  return as_object(call);
}

namespace {

PyObject* set_end(PyObject* arguments, void (*end)(Call&, PyObject*)) {
  PyObject* object = nullptr;
  PyObject* value = nullptr;
  if (!PyArg_ParseTuple(arguments, "OO", &object, &value)) return nullptr;
  Call* const call = checked(object);
  if (!call) return nullptr;
  if (!claim(*call)) return truth(false);
  const Ref canceller(std::exchange(call->parts->canceller, nullptr));
  end(*call, new_reference(value));
  return truth(true);
}

}  // namespace

PyObject* call_set_value(PyObject* /*module*/, PyObject* arguments) {
  return set_end(arguments, &end_with_value);
}

PyObject* call_set_exception(PyObject* /*module*/, PyObject* arguments) {
  return set_end(arguments, &end_with_exception);
}

PyObject* call_set_failure(PyObject* /*module*/, PyObject* arguments) {
  PyObject* object = nullptr;
  int status = SILEX_ERROR_CANCELLED;
  const char* message = nullptr;
  if (!PyArg_ParseTuple(arguments, "Ois", &object, &status, &message)) return nullptr;
  Call* const call = checked(object);
  if (!call) return nullptr;
  if (!claim(*call)) return truth(false);
  const Ref canceller(std::exchange(call->parts->canceller, nullptr));
  call->parts->failure = std::make_unique<Failure>(Failure{status, message, "", false});
  tell_end(*call);
  return truth(true);
}

PyObject* call_add_waiter(PyObject* /*module*/, PyObject* arguments) {
  PyObject* object = nullptr;
  PyObject* callback = nullptr;
  PyObject* argument = nullptr;
  if (!PyArg_ParseTuple(arguments, "OOO", &object, &callback, &argument)) return nullptr;
  Call* const call = checked(object);
  return call && add_callback(*call, callback, argument) ? none() : nullptr;
}

PyObject* call_outcome(PyObject* /*module*/, PyObject* object) {
  Call* const call = checked(object);
  return call ? outcome(*call) : nullptr;
}

}  // namespace silex::python
