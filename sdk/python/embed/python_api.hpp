// CPython as an adapter sees it: the functions of the limited API that it calls, found in the process at run
// time. Nothing here links or includes Python: a library that refers to its symbols could not be loaded, to
// ask whether this is its host, into a process without Python.
#pragma once

#include <cstddef>

namespace silex::python {

struct Object;       // PyObject
struct ThreadState;  // PyThreadState
using Size = std::ptrdiff_t;
using CFunction = Object* (*)(Object* self, Object* arguments);

// PyMethodDef, whose layout the limited API fixes; checked against Python.h in the tests.
struct MethodDef {
  const char* name;
  CFunction function;
  int flags;
  const char* doc;
};
inline constexpr int kAnyArguments = 0x0001;  // METH_VARARGS
inline constexpr int kEqual = 2;              // Py_EQ

// Limited API 3.7, hence any CPython from 3.7 on. The members are called what Python calls them; all but
// the first three need the GIL. A table of one's own stands in for Python in unit tests.
struct PythonApi {
  int (*Py_IsInitialized)();
  int (*PyGILState_Ensure)();
  void (*PyGILState_Release)(int state);
  ThreadState* (*PyEval_SaveThread)();
  void (*PyEval_RestoreThread)(ThreadState* state);  // needs that it is released

  void (*Py_IncRef)(Object* object);
  void (*Py_DecRef)(Object* object);

  Object* (*PyErr_Occurred)();
  void (*PyErr_Clear)();
  void (*PyErr_Fetch)(Object** type, Object** value, Object** traceback);

  Object* (*PyImport_GetModuleDict)();
  Object* (*PyImport_ImportModule)(const char* name);
  Object* (*PyDict_GetItemString)(Object* dict, const char* key);
  int (*PyDict_SetItemString)(Object* dict, const char* key, Object* value);
  Object* (*PyDict_New)();
  Object* (*PyTuple_New)(Size size);
  int (*PyTuple_SetItem)(Object* tuple, Size index, Object* value);
  Object* (*PyBool_FromLong)(long value);
  Object* (*PyFloat_FromDouble)(double value);
  Object* (*PyUnicode_FromString)(const char* text);
  Object* (*PyUnicode_AsUTF8String)(Object* text);
  char* (*PyBytes_AsString)(Object* bytes);

  Object* (*PyObject_GetAttrString)(Object* object, const char* name);
  int (*PyObject_IsTrue)(Object* object);
  int (*PyObject_RichCompareBool)(Object* left, Object* right, int operation);
  Object* (*PyObject_Str)(Object* object);
  Object* (*PyObject_Call)(Object* callable, Object* arguments, Object* keywords);

  Object* (*PyCFunction_NewEx)(MethodDef* method, Object* self, Object* module);
  Object* (*PyCapsule_New)(void* pointer, const char* name, void (*destructor)(Object*));
  void* (*PyCapsule_GetPointer)(Object* capsule, const char* name);

  Object* none;  // Py_None, borrowed
};

// Fills the table from what the process has loaded. False, and harmless, where it has no CPython. It does not
// ask whether Python is initialised. [any-thread]
bool find_python(PythonApi& api);

}  // namespace silex::python
