// FakePython behind GoogleMock, and as the table that adapters call: one at a time.
#pragma once

#include "fake_python.hpp"

#include <gmock/gmock.h>

namespace silex::python {

class MockPython {
 public:
  MockPython() {
    current_ = this;
#define PYTHON_FORWARD(name, result, parameters)                                                     \
  ON_CALL(*this, name).WillByDefault([this](auto... arguments) { return fake.name(arguments...); }); \
  api.name = [](auto... arguments) { return current_->name(arguments...); };
    PYTHON_FUNCTIONS(PYTHON_FORWARD)
#undef PYTHON_FORWARD
    api.none = fake.none();
  }
  ~MockPython() {
    fake.free_all();
    current_ = nullptr;
  }
  MockPython(const MockPython&) = delete;
  MockPython& operator=(const MockPython&) = delete;

#define PYTHON_MOCK(name, result, parameters) MOCK_METHOD(result, name, parameters);
  PYTHON_FUNCTIONS(PYTHON_MOCK)
#undef PYTHON_MOCK

  FakePython fake;
  PythonApi api{};

 private:
  static inline MockPython* current_ = nullptr;
};

}  // namespace silex::python
