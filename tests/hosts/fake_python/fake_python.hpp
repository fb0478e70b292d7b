// As much of CPython as an adapter can see: counted objects, one error at a time, and a GIL. It fails the
// test where something is done without the GIL, or to an object that is gone.
#pragma once

#include "python_functions.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <embed/python_api.hpp>

namespace silex::python {

struct Object {
  using Arguments = std::vector<Object*>;
  using Keywords = std::map<std::string, Object*>;

  std::string type;
  int references = 1;
  double number = 0;  // of a float or bool
  std::string text;   // of a str, bytes or exception
  Arguments items;
  Keywords members;                                                    // of a dict, or the attributes
  std::function<Object*(const Arguments&, const Keywords&)> function;  // of a callable
  MethodDef* method = nullptr;
  void* pointer = nullptr;
  void (*destroy)(Object*) = nullptr;
};

class FakePython {
 public:
  FakePython();
  ~FakePython();
  FakePython(const FakePython&) = delete;
  FakePython& operator=(const FakePython&) = delete;

#define PYTHON_DECLARE(name, result, parameters) result name parameters;
  PYTHON_FUNCTIONS(PYTHON_DECLARE)
#undef PYTHON_DECLARE

  // New references, made without the GIL: for setting up.
  Object* make(const std::string& type);
  Object* make_text(const std::string& text);
  Object* make_function(decltype(Object::function) function);
  // Sets an attribute, taking the reference over.
  static void set(Object* object, const std::string& name, Object* value);
  // Sets the error and returns nullptr, as a function that raises.
  Object* raise(const std::string& type, const std::string& text);
  // To be handed out, as Py_RETURN_NONE does.
  Object* new_none();

  Object* modules() {
    return modules_;
  }
  Object* none() {
    return none_;
  }
  [[nodiscard]] bool has_gil() const;
  [[nodiscard]] std::size_t objects() const {
    return objects_.size();
  }
  // Ends what is left, so that no test sees what another one leaked on purpose.
  void free_all();
  void finalize() {
    initialized_ = false;
  }

 private:
  void check(const char* function, const Object* object = nullptr) const;

  bool initialized_ = true;
  std::mutex gil_;
  std::thread::id holder_;
  mutable std::mutex holder_mutex_;
  std::map<const Object*, std::unique_ptr<Object>> objects_;
  Object* none_;
  Object* true_;
  Object* false_;
  Object* modules_;
  Object* error_type_ = nullptr;
  Object* error_ = nullptr;
};

}  // namespace silex::python
