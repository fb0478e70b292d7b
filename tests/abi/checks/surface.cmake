# Writes a C file that defines all that the ABI consists of, with nothing behind it: what it compiles to has the
# types of the headers in its debug information and none of the runtime's own. -DINCLUDE= -DOUTPUT=
#
# What no function names, but plugins and the library exchange, is there as a variable of each type. Constants stand
# in one enum, because a number leaves a trace in debug information only as an enumerator.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/headers.cmake)
set(code "")
file(GLOB headers RELATIVE ${INCLUDE} ${INCLUDE}/silex/*.h)
foreach(header IN LISTS headers)
  string(APPEND code "#include <${header}>\n")
endforeach()
silex_declarations(${INCLUDE} declarations)
foreach(declaration IN LISTS declarations)
  string(APPEND code "${declaration} {\n  __builtin_trap();\n}\n")
endforeach()
string(APPEND code "SILEX_EXPORT const silex_plugin_entry silex_plugin = {0};\n")

silex_type_names(${INCLUDE} struct structs)
silex_type_names(${INCLUDE} enum enums)
foreach(type IN LISTS structs)
  string(APPEND code "SILEX_EXPORT const ${type} surface_of_${type} = {0};\n")
endforeach()
foreach(type IN LISTS enums)
  string(APPEND code "SILEX_EXPORT const ${type} surface_of_${type} = (${type})0;\n")
endforeach()

silex_constants(${INCLUDE} constants)
list(TRANSFORM constants REPLACE "(.+)" "  CONSTANT_\\1 = (int)\\1")
list(JOIN constants ",\n" constants)
string(APPEND code "typedef enum surface_constants {\n${constants}\n} surface_constants;\n"
       "SILEX_EXPORT const surface_constants surface_of_constants = (surface_constants)0;\n")
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "${code}" @ONLY)
