# The ABI is the one that is recorded: -DABIDW= -DABIDIFF= -DPYTHON= -DSURFACE= -DRECORDED= -DBUILD= and, to record it
# anew, -DRENEW=ON
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/dump.cmake)
if(NOT COMMAND silex_dump)
  return()
endif()
if(RENEW)
  silex_dump(${SURFACE} ${RECORDED})
  message("recorded in ${RECORDED}")
  return()
endif()
set(dump ${SURFACE}.recorded.abi)
silex_dump(${SURFACE} ${dump})
execute_process(
  COMMAND ${ABIDIFF} --no-show-locs ${RECORDED} ${dump}
  RESULT_VARIABLE difference
  OUTPUT_VARIABLE details
  ERROR_VARIABLE details)
execute_process(
  COMMAND ${PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/changes.py ${RECORDED} ${dump}
  RESULT_VARIABLE changed
  OUTPUT_VARIABLE words)
if(changed OR difference)
  if(NOT changed) # a change that changes.py has no words for
    set(words "${details}")
  endif()
  message("The C ABI is not the one that is recorded in tests/abi/silex.abi.\n\n${words}\n"
          "sdk/docs/abi.md has the policy. Once the change is meant, record it and commit the file:\n"
          "  cmake --build ${BUILD} --target record_abi")
  message(FATAL_ERROR "the C ABI has changed, as said above")
endif()
