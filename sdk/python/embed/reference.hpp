// An owned reference to a Python object, and the few things that adapters do with one. All of it needs the
// GIL, destructors included, and a table that outlives it. Where Python raises, it throws PythonError, and
// Python's own error is cleared.
#pragma once

#include "embed/python_api.hpp"

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <utility>

namespace silex::python {

// what() is as Python would print it: "ValueError: no such timer".
class PythonError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Python's current error as text, after clearing it; "" where there is none.
std::string take_error(const PythonApi& api);

class Reference {
 public:
  Reference() noexcept = default;
  // Takes over a new reference; throws Python's error where it is nullptr.
  static Reference owned(const PythonApi& api, Object* object);
  // Adds a reference to a borrowed one, which may be nullptr.
  static Reference borrowed(const PythonApi& api, Object* object);
  Reference(const Reference& other)
      : Reference(other.api_ ? borrowed(*other.api_, other.object_) : Reference()) {}
  Reference(Reference&& other) noexcept : api_(other.api_), object_(std::exchange(other.object_, nullptr)) {}
  Reference& operator=(Reference other) noexcept {
    std::swap(api_, other.api_);
    std::swap(object_, other.object_);
    return *this;
  }
  ~Reference() {
    if (object_) api_->Py_DecRef(object_);
  }

  explicit operator bool() const noexcept { return object_ != nullptr; }
  [[nodiscard]] Object* get() const noexcept { return object_; }
  // Gives up ownership: to whom it is returned, or to nobody where Python is gone.
  Object* release() noexcept { return std::exchange(object_, nullptr); }

  [[nodiscard]] Reference attribute(const char* name) const;
  [[nodiscard]] bool has_attribute(const char* name) const;
  [[nodiscard]] bool is_true() const;
  [[nodiscard]] bool equals(const Reference& other) const;

  struct Keyword {
    const char* name;
    Object* value;  // borrowed
  };
  Reference call(std::initializer_list<Reference> arguments = {},
                 std::initializer_list<Keyword> keywords = {}) const;

 private:
  Reference(const PythonApi& api, Object* object) noexcept : api_(&api), object_(object) {}

  const PythonApi* api_ = nullptr;
  Object* object_ = nullptr;
};

// A module that is imported already, or an empty reference. Runs no code of Python's.
Reference loaded_module(const PythonApi& api, const char* name);
Reference import_module(const PythonApi& api, const char* name);

}  // namespace silex::python
