// The functions of PythonApi, once: X(name, result, parameters).
#pragma once

#define PYTHON_FUNCTIONS(X)                                                              \
  X(Py_IsInitialized, int, ())                                                           \
  X(PyGILState_Ensure, int, ())                                                          \
  X(PyGILState_Release, void, (int state))                                               \
  X(PyEval_SaveThread, ThreadState*, ())                                                 \
  X(PyEval_RestoreThread, void, (ThreadState * state))                                   \
  X(Py_IncRef, void, (Object * object))                                                  \
  X(Py_DecRef, void, (Object * object))                                                  \
  X(PyErr_Occurred, Object*, ())                                                         \
  X(PyErr_Clear, void, ())                                                               \
  X(PyErr_Fetch, void, (Object * *type, Object * *value, Object * *traceback))           \
  X(PyImport_GetModuleDict, Object*, ())                                                 \
  X(PyImport_ImportModule, Object*, (const char* name))                                  \
  X(PyDict_GetItemString, Object*, (Object * dict, const char* key))                     \
  X(PyDict_SetItemString, int, (Object * dict, const char* key, Object* value))          \
  X(PyDict_New, Object*, ())                                                             \
  X(PyTuple_New, Object*, (Size size))                                                   \
  X(PyTuple_SetItem, int, (Object * tuple, Size index, Object * value))                  \
  X(PyBool_FromLong, Object*, (long value))                                              \
  X(PyFloat_FromDouble, Object*, (double value))                                         \
  X(PyUnicode_FromString, Object*, (const char* text))                                   \
  X(PyUnicode_AsUTF8String, Object*, (Object * text))                                    \
  X(PyBytes_AsString, char*, (Object * bytes))                                           \
  X(PyObject_GetAttrString, Object*, (Object * object, const char* name))                \
  X(PyObject_IsTrue, int, (Object * object))                                             \
  X(PyObject_RichCompareBool, int, (Object * left, Object * right, int operation))       \
  X(PyObject_Str, Object*, (Object * object))                                            \
  X(PyObject_Call, Object*, (Object * callable, Object * arguments, Object * keywords))  \
  X(PyCFunction_NewEx, Object*, (MethodDef * method, Object * self, Object * module))    \
  X(PyCapsule_New, Object*, (void* pointer, const char* name, void (*destroy)(Object*))) \
  X(PyCapsule_GetPointer, void*, (Object * capsule, const char* name))
