// CPython through its limited API of 3.9, so that one binary serves every version from there on, and an owned
// reference. All of it needs the GIL, but where it says otherwise.
#pragma once

// Older structures of Python's headers have members that these warnings are about.
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x03090000
#include "embed/park.hpp"

#include <utility>

#include <Python.h>

namespace silex::python {

// What may run Python code, or asks for the GIL. While Python is being finalised it ends a thread there as
// pthread_exit() does: then the thread parks, since nothing of C++ may be unwound by that.
template <typename Function>
auto guarded(Function&& function) noexcept {
  try {
    return function();
  } catch (...) {  // going on from here would end the process
    park();
  }
}
// PyObject_CallFunction() and PyObject_CallFunctionObjArgs(), guarded.
template <typename... Values>
PyObject* call_with(PyObject* function, const char* format, Values... values) noexcept {
  return guarded([&] { return PyObject_CallFunction(function, format, values...); });
}
template <typename... Objects>
PyObject* call_on(PyObject* function, Objects*... objects) noexcept {
  return guarded([&] { return PyObject_CallFunctionObjArgs(function, objects..., nullptr); });
}
// A reference that goes, and with it perhaps an object that has a __del__().
inline void drop(PyObject* object) noexcept {
  if (object) guarded([&] { Py_DecRef(object); });
}

// An owned reference. nullptr: Python has an error set, or there is none.
class Ref {
 public:
  Ref() noexcept = default;
  explicit Ref(PyObject* owned) noexcept : object_(owned) {}
  static Ref borrowed(PyObject* object) noexcept {
    Py_IncRef(object);
    return Ref(object);
  }
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Ref& operator=(Ref&& other) noexcept {
    // What goes may run code of others, which must not see this half done.
    Ref old(std::exchange(object_, std::exchange(other.object_, nullptr)));
    return *this;
  }
  Ref(const Ref&) = delete;
  Ref& operator=(const Ref&) = delete;
  ~Ref() { drop(object_); }

  explicit operator bool() const noexcept { return object_ != nullptr; }
  [[nodiscard]] PyObject* get() const noexcept { return object_; }
  [[nodiscard]] PyObject* release() noexcept { return std::exchange(object_, nullptr); }

 private:
  PyObject* object_ = nullptr;
};

inline PyObject* new_reference(PyObject* object) noexcept {
  Py_IncRef(object);
  return object;
}
inline PyObject* none() noexcept {
  return new_reference(Py_None);
}
inline PyObject* truth(bool value) noexcept {
  return PyBool_FromLong(value ? 1 : 0);
}

// Taken for the length of a block, where this thread has none. [any-thread]
class Gil {
 public:
  Gil() noexcept : state_(guarded(&PyGILState_Ensure)) {}
  ~Gil() {
    guarded([this] { PyGILState_Release(state_); });
  }
  Gil(const Gil&) = delete;
  Gil& operator=(const Gil&) = delete;

 private:
  const PyGILState_STATE state_;
};

// Given to others for the length of a block.
class WithoutGil {
 public:
  WithoutGil() noexcept : state_(PyEval_SaveThread()) {}
  ~WithoutGil() {
    guarded([this] { PyEval_RestoreThread(state_); });
  }
  WithoutGil(const WithoutGil&) = delete;
  WithoutGil& operator=(const WithoutGil&) = delete;

 private:
  PyThreadState* const state_;
};

// Python's current error as an exception with its traceback attached, after clearing it.
inline Ref take_exception() noexcept {
  PyObject* type = nullptr;
  PyObject* value = nullptr;
  PyObject* traceback = nullptr;
  PyErr_Fetch(&type, &value, &traceback);
  PyErr_NormalizeException(&type, &value, &traceback);
  if (value && traceback) PyException_SetTraceback(value, traceback);
  drop(type);
  drop(traceback);
  return Ref(value);
}

// Raises this very object; what it says of its traceback stays.
inline void raise(PyObject* exception) noexcept {
  Py_IncRef(exception);
  PyErr_Restore(new_reference(reinterpret_cast<PyObject*>(Py_TYPE(exception))), exception,
                PyException_GetTraceback(exception));
}

}  // namespace silex::python
