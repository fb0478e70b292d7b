# What the library that ships asks of the host's system: -DOBJDUMP= -DLIBRARY=
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND ${OBJDUMP} -p ${LIBRARY} OUTPUT_VARIABLE headers COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "NEEDED +[^ \n]+" needed "${headers}")
list(TRANSFORM needed REPLACE "NEEDED +" "")
set(foreign ${needed})
list(FILTER foreign EXCLUDE REGEX "^(libc|libm|libdl|libpthread|librt|ld-linux[-_a-z0-9]*)\\.so\\.[0-9]+$")
if(foreign)
  message(FATAL_ERROR "the portable libsilex must need the C library alone: hosts ship C++ runtimes of their "
                      "own. It needs also: ${foreign}; see silex_link_portably()")
endif()
message("needs: ${needed}")
