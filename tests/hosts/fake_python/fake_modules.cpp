#include "fake_modules.hpp"

#include <algorithm>
#include <utility>

#include <gtest/gtest.h>

namespace silex::python {

namespace {

void call(FakePython& python, Object* callable, const char* raised) {
  Object* const arguments = python.PyTuple_New(0);
  python.Py_IncRef(callable);
  Object* const result = python.PyObject_Call(callable, arguments, nullptr);
  python.Py_DecRef(callable);
  python.Py_DecRef(arguments);
  EXPECT_NE(result, nullptr) << raised;
  if (result) python.Py_DecRef(result);
}

}  // namespace

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

void FakeThreading::offer_exit_hook() {
  const auto add = [this](const auto& arguments, const auto&) {
    python_.Py_IncRef(arguments.at(0));
    exit_functions_.push_back(arguments.at(0));
    return python_.new_none();
  };
  FakePython::set(module_, "_register_atexit", python_.make_function(add));
}

void FakeThreading::shut_down() {
  for (std::size_t left = exit_functions_.size(); left > 0; --left) {
    call(python_, exit_functions_[left - 1], "a function that threading runs at exit raised");
  }
}

FakeBuiltins::FakeBuiltins(FakePython& python) : python_(python) {
  Object* const module = python.make("module");
  FakePython::set(python.modules(), "builtins", module);
  FakePython::set(module, "list",
                  python.make_function([this](const auto&, const auto&) { return make_list(); }));
  FakePython::set(module, "dict",
                  python.make_function([&python](const auto&, const auto&) { return python.make("dict"); }));
  const auto eval = [this](const auto& arguments, const auto&) {
    EXPECT_EQ(arguments.size(), 2u) << "who calls from C has no frame whose globals eval() could take";
    return evaluate(arguments.at(0));
  };
  FakePython::set(module, "eval", python.make_function(eval));
}

Object* FakeBuiltins::make_list() {
  Object* const list = python_.make("list");
  const auto append = [this, list](const auto& arguments, const auto&) {
    python_.Py_IncRef(arguments.at(0));
    list->items.push_back(arguments.at(0));
    return python_.new_none();
  };
  FakePython::set(list, "append", python_.make_function(append));
  const auto clear = [this, list](const auto&, const auto&) {
    for (Object* const item : std::exchange(list->items, {})) python_.Py_DecRef(item);
    return python_.new_none();
  };
  FakePython::set(list, "clear", python_.make_function(clear));
  return list;
}

// The one expression that is asked for: what calls each item of a list.
Object* FakeBuiltins::evaluate(Object* source) {
  EXPECT_EQ(source->text, "lambda calls: lambda *arguments: [call() for call in calls]");
  return python_.make_function([this](const auto& bound, const auto&) {
    Object* const calls = bound.at(0);
    Object* const function = python_.make_function([this, calls](const auto&, const auto&) {
      for (std::size_t i = 0; i < calls->items.size(); ++i) call(python_, calls->items[i], "a call raised");
      return python_.new_none();
    });
    python_.Py_IncRef(calls);
    function->items.push_back(calls);
    return function;
  });
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
  // By index: a function that runs may add or drop others.
  for (std::size_t left = functions_.size(); left > 0; --left) {
    if (left <= functions_.size()) call(python_, functions_[left - 1], "a function of atexit raised");
  }
  for (Object* const function : functions_) python_.Py_DecRef(function);
  functions_.clear();
}

}  // namespace silex::python
