#include "embed/reference.hpp"

namespace silex::python {

namespace {

// Without throwing: it is part of telling an error.
std::string text_of(const PythonApi& api, Object* object) {
  std::string text;
  if (Object* const as_text = api.PyObject_Str(object)) {
    if (Object* const bytes = api.PyUnicode_AsUTF8String(as_text)) {
      if (const char* const characters = api.PyBytes_AsString(bytes)) text = characters;
      api.Py_DecRef(bytes);
    }
    api.Py_DecRef(as_text);
  }
  api.PyErr_Clear();
  return text;
}

std::string name_of_type(const PythonApi& api, Object* type) {
  Object* const name = api.PyObject_GetAttrString(type, "__name__");
  if (!name) {
    api.PyErr_Clear();
    return "an exception without a name";
  }
  std::string text = text_of(api, name);
  api.Py_DecRef(name);
  return text;
}

}  // namespace

std::string take_error(const PythonApi& api) {
  Object* type = nullptr;
  Object* value = nullptr;
  Object* traceback = nullptr;
  api.PyErr_Fetch(&type, &value, &traceback);
  if (!type) return {};
  std::string text = name_of_type(api, type);
  const std::string said = value ? text_of(api, value) : "";
  if (!said.empty()) text += ": " + said;
  for (Object* const object : {type, value, traceback}) {
    if (object) api.Py_DecRef(object);
  }
  return text;
}

Reference Reference::owned(const PythonApi& api, Object* object) {
  if (object) return {api, object};
  const std::string error = take_error(api);
  throw PythonError(error.empty() ? "Python failed without saying why" : error);
}

Reference Reference::borrowed(const PythonApi& api, Object* object) {
  if (object) api.Py_IncRef(object);
  return {api, object};
}

Reference Reference::attribute(const char* name) const {
  return owned(*api_, api_->PyObject_GetAttrString(object_, name));
}

bool Reference::has_attribute(const char* name) const {
  Object* const found = api_->PyObject_GetAttrString(object_, name);
  if (found) {
    api_->Py_DecRef(found);
    return true;
  }
  api_->PyErr_Clear();
  return false;
}

bool Reference::is_true() const {
  const int truth = api_->PyObject_IsTrue(object_);
  if (truth < 0) throw PythonError(take_error(*api_));
  return truth != 0;
}

bool Reference::equals(const Reference& other) const {
  const int equal = api_->PyObject_RichCompareBool(object_, other.object_, kEqual);
  if (equal < 0) throw PythonError(take_error(*api_));
  return equal != 0;
}

Reference Reference::call(std::initializer_list<Reference> arguments,
                          std::initializer_list<Keyword> keywords) const {
  const Reference tuple = owned(*api_, api_->PyTuple_New(static_cast<Size>(arguments.size())));
  Size index = 0;
  for (Reference argument : arguments) {
    // It takes the reference over, in any case.
    if (api_->PyTuple_SetItem(tuple.get(), index++, argument.release()) != 0) {
      throw PythonError(take_error(*api_));
    }
  }
  Reference dict;
  if (keywords.size() > 0) dict = owned(*api_, api_->PyDict_New());
  for (const Keyword& keyword : keywords) {
    if (api_->PyDict_SetItemString(dict.get(), keyword.name, keyword.value) != 0) {
      throw PythonError(take_error(*api_));
    }
  }
  return owned(*api_, api_->PyObject_Call(object_, tuple.get(), dict.get()));
}

Reference loaded_module(const PythonApi& api, const char* name) {
  Object* const modules = api.PyImport_GetModuleDict();
  return Reference::borrowed(api, modules ? api.PyDict_GetItemString(modules, name) : nullptr);
}

Reference import_module(const PythonApi& api, const char* name) {
  return Reference::owned(api, api.PyImport_ImportModule(name));
}

}  // namespace silex::python
