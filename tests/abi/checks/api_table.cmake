# Plugins link nothing: each function that works on a running runtime must be in silex_api: -DINCLUDE=
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/headers.cmake)

# What the embedder alone does.
set(for_embedders "^silex_(runtime_(create|start|stop|destroy)|plugin_[a-z]+|adapter_[a-z]+)$")

silex_declarations(${INCLUDE} declarations)
list(FILTER declarations INCLUDE REGEX "\\((const )?silex_runtime\\* ")
list(TRANSFORM declarations REPLACE "^[^(]*[ *](silex_[a-z0-9_]+)\\(.*$" "\\1")
set(wanted ${declarations})
list(FILTER wanted EXCLUDE REGEX "${for_embedders}")

silex_read_header(${INCLUDE}/silex/api.h text)
string(REGEX REPLACE "^.*typedef struct silex_api \\{(.*)\\} silex_api.*$" "\\1" table "${text}")
string(REGEX MATCHALL "[^@]*@" members "${table}")
list(TRANSFORM members REPLACE "^[^(]*\\(\\*([a-z_]+)\\)\\(.*$" "\\1")

set(missing "")
foreach(name IN LISTS wanted)
  string(REGEX REPLACE "^silex_(runtime_)?" "" member ${name})
  if(NOT member IN_LIST members)
    list(APPEND missing ${name})
  endif()
endforeach()
if(missing)
  message(FATAL_ERROR "not in silex_api, so no plugin can call it: ${missing}. Add it at the end of the table.")
endif()
list(LENGTH wanted count)
if(count LESS 10)
  message(FATAL_ERROR "only ${count} functions were found: this check no longer understands the headers")
endif()
