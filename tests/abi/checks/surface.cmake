# Writes a C file that defines all that the ABI consists of, with nothing behind it: what it compiles to has the
# types of the headers in its debug information and none of the runtime's own. -DINCLUDE= -DOUTPUT=
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/headers.cmake)
set(code "#include <silex/silex.h>\n\n")
silex_declarations(${INCLUDE} declarations)
foreach(declaration IN LISTS declarations)
  string(APPEND code "${declaration} {\n  __builtin_trap();\n}\n")
endforeach()
string(APPEND code "/* What no function of the library names, but plugins and the library exchange. */\n"
       "SILEX_EXPORT const silex_plugin_entry silex_plugin = {0};\n"
       "SILEX_EXPORT const silex_adapter_factory silex_surface_factory = {0};\n"
       "SILEX_EXPORT const silex_host_mode silex_surface_mode = SILEX_HOST_INTERACTIVE;\n")
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "${code}" @ONLY)
