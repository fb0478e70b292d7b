// What the adapters assume of Python's binary interface, against Python's own header.
#define Py_LIMITED_API 0x03070000
#include <cstddef>
#include <type_traits>

#include <Python.h>
#include <embed/python_api.hpp>

namespace {

using silex::python::MethodDef;

static_assert(sizeof(MethodDef) == sizeof(PyMethodDef));
static_assert(offsetof(MethodDef, name) == offsetof(PyMethodDef, ml_name));
static_assert(offsetof(MethodDef, function) == offsetof(PyMethodDef, ml_meth));
static_assert(offsetof(MethodDef, flags) == offsetof(PyMethodDef, ml_flags));
static_assert(offsetof(MethodDef, doc) == offsetof(PyMethodDef, ml_doc));
static_assert(silex::python::kAnyArguments == METH_VARARGS);
static_assert(silex::python::kEqual == Py_EQ);
static_assert(sizeof(silex::python::Size) == sizeof(Py_ssize_t));
static_assert(sizeof(PyGILState_STATE) == sizeof(int));

}  // namespace
