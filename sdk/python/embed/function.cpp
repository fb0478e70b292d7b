#include "embed/function.hpp"

#include <exception>
#include <utility>

namespace silex::python {

namespace {

constexpr const char* kSource = "lambda calls: lambda *arguments: [call() for call in calls]";

}  // namespace

Function::Function(const PythonApi& api, const Reference& callable) {
  const Reference builtins = import_module(api, "builtins");
  calls_ = builtins.attribute("list").call();
  calls_.attribute("append").call({callable});
  const Reference source = Reference::owned(api, api.PyUnicode_FromString(kSource));
  // With globals of its own: where C++ starts the runtime there is no frame of Python's whose it could take.
  const Reference globals = builtins.attribute("dict").call();
  function_ = builtins.attribute("eval").call({source, globals}).call({calls_});
}

void Function::empty() noexcept {
  function_ = {};
  const Reference calls = std::exchange(calls_, {});
  if (!calls) return;
  try {
    calls.attribute("clear").call();
  } catch (const std::exception&) {
    // Only where memory is out; what it calls does nothing by then.
  }
}

void Function::abandon() noexcept {
  static_cast<void>(calls_.release());
  static_cast<void>(function_.release());
}

}  // namespace silex::python
