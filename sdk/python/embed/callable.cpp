#include "embed/callable.hpp"

#include <atomic>
#include <utility>

namespace silex::python {

namespace {

constexpr const char* kCapsuleName = "silex.called";

std::atomic<int> callables{0};

// A capsule's destructor gets nothing but the capsule, and needs Python to look into it.
std::atomic<void* (*)(Object*, const char*)> get_pointer{nullptr};

std::shared_ptr<Called>* held_in(Object* capsule) {
  return static_cast<std::shared_ptr<Called>*>(
      get_pointer.load(std::memory_order_relaxed)(capsule, kCapsuleName));
}

void destroy(Object* capsule) {
  delete held_in(capsule);
  callables.fetch_sub(1, std::memory_order_relaxed);
}

Object* call(Object* self, Object* /*arguments*/) {
  // A share of its own: what is called may drop the last reference to the callable.
  const std::shared_ptr<Called> called = *held_in(self);
  return called->call();
}

MethodDef method{"silex", &call, kAnyArguments, "Calls into the Silex runtime."};

}  // namespace

Reference make_callable(const PythonApi& api, std::shared_ptr<Called> called) {
  get_pointer.store(api.PyCapsule_GetPointer, std::memory_order_relaxed);
  auto held = std::make_unique<std::shared_ptr<Called>>(std::move(called));
  const Reference capsule = Reference::owned(api, api.PyCapsule_New(held.get(), kCapsuleName, &destroy));
  static_cast<void>(held.release());
  callables.fetch_add(1, std::memory_order_relaxed);
  return Reference::owned(api, api.PyCFunction_NewEx(&method, capsule.get(), nullptr));
}

bool any_callable_left() noexcept {
  return callables.load(std::memory_order_relaxed) > 0;
}

}  // namespace silex::python
