# The ABI is the one that is recorded: -DABIDW= -DABIDIFF= -DSURFACE= -DRECORDED= -DBUILD= and, to record it anew,
# -DRENEW=ON
cmake_minimum_required(VERSION 3.25)
if(NOT ABIDW OR NOT ABIDIFF)
  message("skipped: abidw and abidiff are not installed (package abigail-tools)")
  return()
endif()
if(RENEW)
  set(dump ${RECORDED})
else()
  set(dump ${SURFACE}.abi)
endif()
execute_process(
  COMMAND ${ABIDW} --no-corpus-path --no-comp-dir-path --no-show-locs --no-elf-needed --type-id-style hash
          --out-file ${dump} ${SURFACE} COMMAND_ERROR_IS_FATAL ANY)
if(RENEW)
  message("recorded in ${RECORDED}")
  return()
endif()
execute_process(
  COMMAND ${ABIDIFF} --no-show-locs ${RECORDED} ${dump}
  RESULT_VARIABLE difference
  OUTPUT_VARIABLE report
  ERROR_VARIABLE report)
if(difference)
  message("${report}")
  message(
    FATAL_ERROR
      "the C ABI, as above, is not the one that is recorded in tests/abi/silex.abi. "
      "Plugins that are out there were built against the recorded one. What adds a function, or a member at the "
      "end of a struct, is a new SILEX_ABI_MINOR; all else is a new SILEX_ABI_MAJOR, or a mistake. Once it is "
      "meant, record it with\n  cmake --build ${BUILD} --target record_abi\nand commit the file.")
endif()
