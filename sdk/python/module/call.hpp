// silex.Call: something that has been asked for, and how it ends. Its end is told once, from any thread and
// without the GIL; Python objects in it are touched by whoever has the GIL.
#pragma once

#include "python.hpp"

#include <silex/error.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace silex::python {

// The end of a call where it is no Python object's: cancelled, timed out, the host gone.
struct Failure {
  silex_status status = SILEX_OK;
  std::string message;
  std::string detail;
  bool is_raised = false;  // the call's exception stands for it; with the GIL
};

struct Call {
  PyObject_HEAD  // NOLINT(readability-identifier-naming)

      // What is below is made by new_call(), and not by tp_alloc.
      struct Parts;
  Parts* parts;
};

// Borrowed references, nullptr where there is none. With the GIL, unless it says otherwise.
struct Call::Parts {
  std::string name;                        // as warnings name it; never changes
  PyObject* function = nullptr;            // what to run, until it has run
  PyObject* arguments = nullptr;           // a tuple
  PyObject* canceller = nullptr;           // called by cancel() where no work of the runtime's is behind it
  std::function<bool()> cancel;            // the same, where what is behind it is not Python's
  PyObject* callbacks = nullptr;           // a list of pairs: a function, and its argument
  PyObject* value = nullptr;               // after the end
  PyObject* exception = nullptr;           // after the end
  std::unique_ptr<std::string> text;       // JSON, read when somebody asks; set before `ended`
  std::unique_ptr<Failure> failure;        // set before `ended`, by whoever ends it
  std::atomic<silex_id> work{0};           // [any-thread]
  std::atomic<bool> claimed{false};        // [any-thread] whoever sets it may end the call
  std::atomic<bool> ended{false};          // [any-thread]
  std::atomic<bool> started{false};        // [any-thread]
  std::atomic<bool> has_callbacks{false};  // [any-thread] stays true
  std::atomic<bool> queued{false};         // [any-thread] whoever sets it hands the call to the lane
  bool end_reference_used = false;         // by whoever ends it without the GIL
  bool seen = false;                       // somebody asked how it ended
  bool has_timeout = false;
};

// Makes the type; once in a process. nullptr with an error set.
PyTypeObject* call_type();

// A new reference, or nullptr with an error set.
Call* new_call(const std::string& name, PyObject* function, PyObject* arguments);
inline PyObject* as_object(Call* call) noexcept {
  return reinterpret_cast<PyObject*>(call);
}

// Whether the caller is the one that ends it; then one of the next three must follow. [any-thread]
bool claim(Call& call) noexcept;
// Each steals the reference that it is given. With the GIL.
void end_with_value(Call& call, PyObject* value);
void end_with_exception(Call& call, PyObject* exception);
// The same in two parts: the second wakes who waits, who would find the GIL taken before it is given up. The
// first says whether the lane is to be told, and has added a reference for it.
bool set_value(Call& call, PyObject* value);
bool set_exception(Call& call, PyObject* exception);
void wake_waiters(Call& call, bool tell_lane) noexcept;  // [any-thread]
// nullptr: what is kept in the call is its end. Needs no GIL, but two references that add_references() made.
void end_without_gil(Call& call, std::unique_ptr<Failure> failure) noexcept;
// Claims it, and ends it with a JSON text or with a failure. [any-thread] As end_without_gil().
void end_with_text(Call& call, const char* json) noexcept;
void end_with_status(Call& call, silex_status status, const char* message, const char* detail) noexcept;

// What the runtime holds of a call whose work it was given; dropped again without the GIL. With the GIL.
void add_references(Call& call);
void remove_references(Call& call);
void drop_references_later(Call& call) noexcept;  // [any-thread]

// Its value as a new reference, or nullptr with what it ended with raised. The call has ended.
PyObject* outcome(Call& call);

// Functions of the module: of a call of Python's own making.
PyObject* call_make(PyObject* module, PyObject* arguments);       // (name, canceller) -> Call
PyObject* call_set_value(PyObject* module, PyObject* arguments);  // (call, value) -> whether it was not ended
PyObject* call_set_exception(PyObject* module, PyObject* arguments);
PyObject* call_set_failure(PyObject* module, PyObject* arguments);  // (call, status, message)
PyObject* call_add_waiter(PyObject* module, PyObject* arguments);   // (call, function, argument)
PyObject* call_outcome(PyObject* module, PyObject* call);

}  // namespace silex::python
