# silex_dump(library file): the ABI of a library as XML. Ends the check, as skipped, where its tools are not there.
# Reads ABIDW, ABIDIFF and PYTHON. Included by the checks that compare.
cmake_minimum_required(VERSION 3.25)
if(NOT ABIDW OR NOT ABIDIFF OR NOT PYTHON)
  message("skipped: abidw and abidiff (package abigail-tools) or python3 are not installed")
  return()
endif()
function(silex_dump library file)
  execute_process(
    COMMAND ${ABIDW} --no-corpus-path --no-comp-dir-path --no-show-locs --no-elf-needed --type-id-style hash
            --out-file ${file} ${library} COMMAND_ERROR_IS_FATAL ANY)
endfunction()
