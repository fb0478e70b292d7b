#include "fake_modules.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace silex::python {

FakeThreading::FakeThreading(FakePython& python) : python_(python), module_(python.make("module")) {
  FakePython::set(python.modules(), "threading", module_);
  const auto main_thread = [this](const auto&, const auto&) {
    Object* const thread = python_.make("Thread");
    FakePython::set(thread, "ident", python_.make_text("the main thread"));
    return thread;
  };
  FakePython::set(module_, "main_thread", python.make_function(main_thread));
  const auto get_ident = [this](const auto&, const auto&) { return python_.make_text("the main thread"); };
  FakePython::set(module_, "get_ident", python.make_function(get_ident));
}

void FakeThreading::leave_main_thread() {
  const auto elsewhere = [this](const auto&, const auto&) { return python_.make_text("another thread"); };
  module_->members.at("get_ident")->function = elsewhere;
}

FakeAtexit::FakeAtexit(FakePython& python) : python_(python), module_(python.make("module")) {
  FakePython::set(python.modules(), "atexit", module_);
  const auto add_function = [this](const auto& arguments, const auto&) { return add(arguments.at(0)); };
  FakePython::set(module_, "register", python.make_function(add_function));
  const auto drop_function = [this](const auto& arguments, const auto&) { return drop(arguments.at(0)); };
  FakePython::set(module_, "unregister", python.make_function(drop_function));
}

Object* FakeAtexit::add(Object* function) {
  python_.Py_IncRef(function);
  functions_.push_back(function);
  return python_.new_none();
}

Object* FakeAtexit::drop(Object* function) {
  const auto found = std::find(functions_.begin(), functions_.end(), function);
  if (found != functions_.end()) {
    functions_.erase(found);
    python_.Py_DecRef(function);
  }
  return python_.new_none();
}

void FakeAtexit::run() {
  Object* const arguments = python_.PyTuple_New(0);
  // By index: a function that runs may add or drop others.
  for (std::size_t left = functions_.size(); left > 0; --left) {
    if (left > functions_.size()) continue;
    Object* const result = python_.PyObject_Call(functions_[left - 1], arguments, nullptr);
    EXPECT_NE(result, nullptr) << "a function of atexit raised";
    if (result) python_.Py_DecRef(result);
  }
  python_.Py_DecRef(arguments);
  for (Object* const function : functions_) python_.Py_DecRef(function);
  functions_.clear();
}

}  // namespace silex::python
