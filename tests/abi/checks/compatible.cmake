# What was built for an earlier minor still fits: -DABIDW= -DABIDIFF= -DPYTHON= -DSURFACE= -DFROZEN= -DVERSION=
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/dump.cmake)
if(NOT COMMAND silex_dump)
  return()
endif()
silex_dump(${SURFACE} ${SURFACE}.${VERSION}.abi)
silex_dump(${FROZEN} ${FROZEN}.abi)
execute_process(
  COMMAND ${PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/changes.py --compatible ${FROZEN}.abi ${SURFACE}.${VERSION}.abi
  RESULT_VARIABLE broken
  OUTPUT_VARIABLE words)
if(broken)
  message("${words}")
  message(FATAL_ERROR "what was built for ABI ${VERSION} (tests/abi/frozen/${VERSION}) no longer fits")
endif()
