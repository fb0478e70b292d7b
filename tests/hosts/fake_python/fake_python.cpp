#include "fake_python.hpp"

#include <cstring>
#include <utility>

#include <gtest/gtest.h>

namespace silex::python {

FakePython::FakePython()
    : none_(make("NoneType")), true_(make("bool")), false_(make("bool")), modules_(make("dict")) {
  true_->number = 1;
}

FakePython::~FakePython() = default;

void FakePython::free_all() {
  initialized_ = true;
  const int state = PyGILState_Ensure();
  for (const auto& [object, owner] : objects_) {
    if (const auto destroy = std::exchange(owner->destroy, nullptr)) destroy(owner.get());
  }
  PyGILState_Release(state);
}

Object* FakePython::make(const std::string& type) {
  auto object = std::make_unique<Object>();
  object->type = type;
  Object* const made = object.get();
  objects_.emplace(made, std::move(object));
  return made;
}

Object* FakePython::make_text(const std::string& text) {
  Object* const object = make("str");
  object->text = text;
  return object;
}

Object* FakePython::make_function(decltype(Object::function) function) {
  Object* const object = make("function");
  object->function = std::move(function);
  return object;
}

void FakePython::set(Object* object, const std::string& name, Object* value) {
  object->members[name] = value;
}

Object* FakePython::raise(const std::string& type, const std::string& text) {
  PyErr_Clear();
  error_type_ = make("type");
  set(error_type_, "__name__", make_text(type));
  error_ = make(type);
  error_->text = text;
  return nullptr;
}

Object* FakePython::new_none() {
  ++none_->references;
  return none_;
}

bool FakePython::has_gil() const {
  const std::lock_guard lock(holder_mutex_);
  return holder_ == std::this_thread::get_id();
}

void FakePython::check(const char* function, const Object* object) const {
  EXPECT_TRUE(has_gil()) << function << "() without the GIL";
  EXPECT_TRUE(initialized_) << function << "() after Python has ended";
  if (object) {
    EXPECT_TRUE(objects_.contains(object)) << function << "() of an object that is gone";
  }
}

int FakePython::Py_IsInitialized() {
  return initialized_ ? 1 : 0;
}

int FakePython::PyGILState_Ensure() {
  if (has_gil()) return 1;
  gil_.lock();
  const std::lock_guard lock(holder_mutex_);
  holder_ = std::this_thread::get_id();
  return 0;
}

void FakePython::PyGILState_Release(int state) {
  check("PyGILState_Release");
  if (state == 1) return;
  const std::lock_guard lock(holder_mutex_);
  holder_ = {};
  gil_.unlock();
}

ThreadState* FakePython::PyEval_SaveThread() {
  check("PyEval_SaveThread");
  PyGILState_Release(0);
  return reinterpret_cast<ThreadState*>(this);
}

void FakePython::PyEval_RestoreThread(ThreadState* state) {
  EXPECT_EQ(state, reinterpret_cast<ThreadState*>(this));
  EXPECT_EQ(PyGILState_Ensure(), 0) << "PyEval_RestoreThread() with the GIL";
}

void FakePython::Py_IncRef(Object* object) {
  check("Py_IncRef", object);
  ++object->references;
}

void FakePython::Py_DecRef(Object* object) {
  check("Py_DecRef", object);
  if (--object->references > 0) return;
  if (object->destroy) object->destroy(object);
  for (Object* const item : object->items) {
    if (item) Py_DecRef(item);
  }
  for (const auto& [name, member] : object->members) Py_DecRef(member);
  objects_.erase(object);
}

Object* FakePython::PyErr_Occurred() {
  check("PyErr_Occurred");
  return error_type_;
}

void FakePython::PyErr_Clear() {
  check("PyErr_Clear");
  if (error_type_) Py_DecRef(std::exchange(error_type_, nullptr));
  if (error_) Py_DecRef(std::exchange(error_, nullptr));
}

void FakePython::PyErr_Fetch(Object** type, Object** value, Object** traceback) {
  check("PyErr_Fetch");
  *type = std::exchange(error_type_, nullptr);
  *value = std::exchange(error_, nullptr);
  *traceback = nullptr;
}

Object* FakePython::PyImport_GetModuleDict() {
  check("PyImport_GetModuleDict");
  return modules_;
}

Object* FakePython::PyImport_ImportModule(const char* name) {
  Object* const module = PyDict_GetItemString(modules_, name);
  if (!module) return raise("ModuleNotFoundError", std::string("No module named '") + name + "'");
  Py_IncRef(module);
  return module;
}

Object* FakePython::PyDict_GetItemString(Object* dict, const char* key) {
  check("PyDict_GetItemString", dict);
  const auto found = dict->members.find(key);
  return found == dict->members.end() ? nullptr : found->second;
}

int FakePython::PyDict_SetItemString(Object* dict, const char* key, Object* value) {
  check("PyDict_SetItemString", dict);
  Py_IncRef(value);
  dict->members[key] = value;
  return 0;
}

Object* FakePython::PyDict_New() {
  check("PyDict_New");
  return make("dict");
}

Object* FakePython::PyTuple_New(Size size) {
  check("PyTuple_New");
  Object* const tuple = make("tuple");
  tuple->items.resize(static_cast<std::size_t>(size));
  return tuple;
}

int FakePython::PyTuple_SetItem(Object* tuple, Size index, Object* value) {
  check("PyTuple_SetItem", tuple);
  tuple->items.at(static_cast<std::size_t>(index)) = value;
  return 0;
}

Object* FakePython::PyBool_FromLong(long value) {
  Object* const object = value != 0 ? true_ : false_;
  Py_IncRef(object);
  return object;
}

Object* FakePython::PyFloat_FromDouble(double value) {
  check("PyFloat_FromDouble");
  Object* const object = make("float");
  object->number = value;
  return object;
}

Object* FakePython::PyUnicode_FromString(const char* text) {
  check("PyUnicode_FromString");
  return make_text(text);
}

Object* FakePython::PyUnicode_AsUTF8String(Object* text) {
  check("PyUnicode_AsUTF8String", text);
  Object* const bytes = make("bytes");
  bytes->text = text->text;
  return bytes;
}

char* FakePython::PyBytes_AsString(Object* bytes) {
  check("PyBytes_AsString", bytes);
  return bytes->text.data();
}

Object* FakePython::PyObject_GetAttrString(Object* object, const char* name) {
  check("PyObject_GetAttrString", object);
  const auto found = object->members.find(name);
  if (found == object->members.end()) return raise("AttributeError", name);
  Py_IncRef(found->second);
  return found->second;
}

int FakePython::PyObject_IsTrue(Object* object) {
  check("PyObject_IsTrue", object);
  return object->number != 0 || !object->text.empty() ? 1 : 0;
}

int FakePython::PyObject_RichCompareBool(Object* left, Object* right, int operation) {
  check("PyObject_RichCompareBool", left);
  EXPECT_EQ(operation, kEqual);
  return left == right || (left->type == "str" && left->text == right->text) ? 1 : 0;
}

Object* FakePython::PyObject_Str(Object* object) {
  check("PyObject_Str", object);
  return make_text(object->text);
}

Object* FakePython::PyObject_Call(Object* callable, Object* arguments, Object* keywords) {
  check("PyObject_Call", callable);
  EXPECT_EQ(error_type_, nullptr) << "a call while an error is set";
  // A C function is freed with what it is bound to, even while it runs.
  if (callable->method) return callable->method->function(callable->items.at(0), arguments);
  return callable->function(arguments->items, keywords ? keywords->members : Object::Keywords{});
}

Object* FakePython::PyCFunction_NewEx(MethodDef* method, Object* self, Object* module) {
  check("PyCFunction_NewEx", self);
  EXPECT_EQ(module, nullptr);
  EXPECT_EQ(method->flags, kAnyArguments);
  Object* const function = make("builtin_function_or_method");
  function->method = method;
  Py_IncRef(self);
  function->items.push_back(self);
  return function;
}

Object* FakePython::PyCapsule_New(void* pointer, const char* name, void (*destroy)(Object*)) {
  check("PyCapsule_New");
  Object* const capsule = make("PyCapsule");
  capsule->pointer = pointer;
  capsule->text = name;
  capsule->destroy = destroy;
  return capsule;
}

void* FakePython::PyCapsule_GetPointer(Object* capsule, const char* name) {
  check("PyCapsule_GetPointer", capsule);
  EXPECT_EQ(capsule->text, name);
  return capsule->pointer;
}

}  // namespace silex::python
