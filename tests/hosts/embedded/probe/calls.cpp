#include "calls.hpp"

#include <memory>
#include <stdexcept>

#include <dlfcn.h>

namespace probe {

namespace {

template <typename Function>
Function python(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_DEFAULT, name));
}

}  // namespace

int leave_python_error(int /*index*/) {
  const int state = python<int (*)()>("PyGILState_Ensure")();
  void* const key_error = *python<void**>("PyExc_KeyError");
  python<void (*)(void*, const char*)>("PyErr_SetString")(key_error, "left behind");
  python<void (*)(int)>("PyGILState_Release")(state);
  return 1;
}

struct Calls::Call {
  Calls& calls;
  const Function function;

  static silex_status run(void* data, const silex_scope* /*scope*/) {
    const Call& call = *static_cast<Call*>(data);
    const int index = call.calls.ran_++;
    if (!call.function || call.function(index) != 0) return SILEX_OK;
    return SILEX_ERROR_EXCEPTION;
  }
  static void done(void* data, const silex_completion* completion) {
    ++static_cast<Call*>(data)->calls.outcomes_.at(completion->outcome);
  }
  static void release(void* data) {
    const std::unique_ptr<Call> call(static_cast<Call*>(data));
    ++call->calls.released_;
  }
};

void Calls::defer(silex::Context context, Function function, int count) {
  for (int i = 0; i < count; ++i) {
    silex_work work{};
    work.size = sizeof work;
    work.name = "a call of the scenario";
    work.data = new Call{*this, function};
    work.run = &Call::run;
    work.done = &Call::done;
    work.release = &Call::release;
    ++deferred_;
    const silex_status status = context.api()->defer(context.handle(), &work, nullptr);
    if (status != SILEX_OK) throw std::runtime_error(context.api()->last_error()->message);
  }
}

int Calls::told() const {
  int told = 0;
  for (const auto& outcome : outcomes_) told += outcome;
  return told;
}

}  // namespace probe
