// CPython through its limited API of 3.9, so that one binary serves every version from there on, and an owned
// reference. All of it needs the GIL, but where it says otherwise.
#pragma once

// Older structures of Python's headers have members that these warnings are about.
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x03090000
#include <utility>

#include <Python.h>

namespace silex::python {

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
  ~Ref() { Py_DecRef(object_); }

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
  Gil() noexcept : state_(PyGILState_Ensure()) {}
  ~Gil() { PyGILState_Release(state_); }
  Gil(const Gil&) = delete;
  Gil& operator=(const Gil&) = delete;

 private:
  const PyGILState_STATE state_;
};

// Given to others for the length of a block.
class WithoutGil {
 public:
  WithoutGil() noexcept : state_(PyEval_SaveThread()) {}
  ~WithoutGil() { PyEval_RestoreThread(state_); }
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
  Py_DecRef(type);
  Py_DecRef(traceback);
  return Ref(value);
}

// Raises this very object; what it says of its traceback stays.
inline void raise(PyObject* exception) noexcept {
  Py_IncRef(exception);
  PyErr_Restore(new_reference(reinterpret_cast<PyObject*>(Py_TYPE(exception))), exception,
                PyException_GetTraceback(exception));
}

}  // namespace silex::python
