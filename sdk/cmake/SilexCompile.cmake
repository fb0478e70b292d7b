# How everything in this tree is compiled. Targets opt in with silex_compile_options(target).

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

find_program(SILEX_CCACHE ccache)
if(SILEX_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${SILEX_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${SILEX_CCACHE})
endif()

if(SILEX_SANITIZE)
  list(JOIN SILEX_SANITIZE "," _sanitizers)
  add_compile_options(-fsanitize=${_sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${_sanitizers})
  if(_sanitizers MATCHES "thread")
    # ThreadSanitizer does not see stand-alone fences; asio's scheduler has a mutex beside them.
    add_compile_definitions(ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()

# Warnings are errors, on every compiler that builds this tree.
function(silex_compile_options target)
  if(MSVC)
    target_compile_options(${target} PRIVATE /W4 /WX /permissive-)
    return()
  endif()
  target_compile_options(
    ${target}
    PRIVATE -Wall
            -Wextra
            -Wpedantic
            -Werror
            -Wshadow
            -Wconversion
            -Wsign-conversion
            -Wundef
            $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor
            -Wold-style-cast
            -Woverloaded-virtual>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # False alarms on std::string's operator+ when optimised: https://gcc.gnu.org/PR105651, PR105329.
    target_compile_options(
      ${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict -Wno-array-bounds -Wno-stringop-overflow>)
  endif()
endfunction()

# A library that hosts load next to others' copies of the C++ runtime: nothing of ours, and nothing of
# libstdc++ or libgcc, may be seen from outside.
function(silex_link_portably target)
  if(SILEX_PORTABLE AND NOT MSVC AND NOT APPLE)
    target_link_options(${target} PRIVATE -static-libstdc++ -static-libgcc -Wl,--exclude-libs,ALL)
  endif()
endfunction()
