# layout.c has an assertion for all that the headers have: -DABIDW= -DABIDIFF= -DPYTHON= -DSURFACE= -DLAYOUT= -DINCLUDE=
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/dump.cmake)
if(NOT COMMAND silex_dump)
  return()
endif()
silex_dump(${SURFACE} ${SURFACE}.layout.abi)
execute_process(
  COMMAND ${PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/layout.py ${SURFACE}.layout.abi ${LAYOUT} ${INCLUDE}
  RESULT_VARIABLE incomplete)
if(incomplete)
  message(FATAL_ERROR "${LAYOUT} is incomplete, as said above")
endif()
