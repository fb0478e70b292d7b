// Running code of a plugin without letting its exceptions through.
#pragma once

#include "runtime/status.hpp"

#include <exception>
#include <string>

namespace silex {

// Calls function(), which is code of the plugin: SILEX_ERROR_PLUGIN_EXCEPTION if an exception gets out of it.
// `whose` and `what` say what was called: "plugin 'x'", "init()".
template <typename Function>
Status guarded_call(const std::string& whose, const char* what, Function&& function) {
  std::string thrown;
  try {
    function();
    return {};
  } catch (const std::exception& error) {
    thrown = error.what();
  } catch (...) {
    thrown = "something that is not a std::exception";
  }
  return {SILEX_ERROR_PLUGIN_EXCEPTION, "a C++ exception left " + std::string(what) + " of " + whose +
                                            ", which must not happen: " + thrown};
}

}  // namespace silex
