#include "embed/python_api.hpp"

#include "embed/process_symbol.hpp"

namespace silex::python {

namespace {

template <typename Pointer>
bool find(Pointer& pointer, const char* name) {
  pointer = reinterpret_cast<Pointer>(process_symbol(name));
  return pointer != nullptr;
}

}  // namespace

bool find_python(PythonApi& api) {
#define SILEX_FIND(name) find(api.name, #name)
  return SILEX_FIND(Py_IsInitialized) && SILEX_FIND(PyGILState_Ensure) && SILEX_FIND(PyGILState_Release) &&
         SILEX_FIND(PyEval_SaveThread) && SILEX_FIND(PyEval_RestoreThread) && SILEX_FIND(Py_IncRef) &&
         SILEX_FIND(Py_DecRef) && SILEX_FIND(PyErr_Occurred) && SILEX_FIND(PyErr_Clear) &&
         SILEX_FIND(PyErr_Fetch) && SILEX_FIND(PyImport_GetModuleDict) && SILEX_FIND(PyImport_ImportModule) &&
         SILEX_FIND(PyDict_GetItemString) && SILEX_FIND(PyDict_SetItemString) && SILEX_FIND(PyDict_New) &&
         SILEX_FIND(PyTuple_New) && SILEX_FIND(PyTuple_SetItem) && SILEX_FIND(PyBool_FromLong) &&
         SILEX_FIND(PyFloat_FromDouble) && SILEX_FIND(PyUnicode_FromString) &&
         SILEX_FIND(PyUnicode_AsUTF8String) && SILEX_FIND(PyBytes_AsString) &&
         SILEX_FIND(PyObject_GetAttrString) && SILEX_FIND(PyObject_IsTrue) &&
         SILEX_FIND(PyObject_RichCompareBool) && SILEX_FIND(PyObject_Str) && SILEX_FIND(PyObject_Call) &&
         SILEX_FIND(PyCFunction_NewEx) && SILEX_FIND(PyCapsule_New) && SILEX_FIND(PyCapsule_GetPointer) &&
         find(api.none, "_Py_NoneStruct");
#undef SILEX_FIND
}

}  // namespace silex::python
