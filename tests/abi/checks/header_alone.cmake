# Each public C header compiles by itself: -DCOMPILER= -DLANGUAGE=c|c++ -DSTANDARD=c11 -DINCLUDE=
cmake_minimum_required(VERSION 3.25)
if(NOT COMPILER)
  message("skipped: this compiler is not installed")
  return()
endif()
file(GLOB headers RELATIVE ${INCLUDE} ${INCLUDE}/silex/*.h)
set(broken "")
foreach(header IN LISTS headers)
  execute_process(
    COMMAND ${COMPILER} -std=${STANDARD} -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wundef -Werror
            -fsyntax-only -I${INCLUDE} -x ${LANGUAGE} -include ${header} /dev/null
    RESULT_VARIABLE failed
    ERROR_VARIABLE errors)
  if(failed)
    message("${header} does not compile by itself as ${STANDARD} with ${COMPILER}:\n${errors}")
    list(APPEND broken ${header})
  endif()
endforeach()
if(broken)
  message(FATAL_ERROR "these headers must include what they use, and be plain ${STANDARD}: ${broken}")
endif()
