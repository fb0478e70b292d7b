# What the public C headers declare. Included by the other checks.

# The text of a header without comments and preprocessor lines.
cmake_minimum_required(VERSION 3.25)
function(silex_read_header header text)
  file(READ ${header} content)
  string(REPLACE ";" "@" content "${content}")
  string(REGEX REPLACE "/\\*([^*]|\\*+[^*/])*\\*+/" "" content "${content}")
  string(REGEX REPLACE "(^|\n)#[^\n]*(\\\\\n[^\n]*)*" "" content "${content}")
  string(REGEX REPLACE "[ \n]+" " " content "${content}")
  set(${text} "${content}" PARENT_SCOPE)
endfunction()

# Declarations of exported functions, without SILEX_API and the semicolon.
function(silex_declarations folder declarations)
  set(all "")
  file(GLOB headers ${folder}/silex/*.h)
  foreach(header IN LISTS headers)
    silex_read_header(${header} text)
    string(REGEX MATCHALL "SILEX_API [^@]*@" found "${text}")
    list(APPEND all ${found})
  endforeach()
  list(TRANSFORM all REPLACE "^SILEX_API (.*)@$" "\\1")
  set(${declarations} "${all}" PARENT_SCOPE)
endfunction()

# Their names, sorted.
function(silex_declared_names folder names)
  silex_declarations(${folder} all)
  list(TRANSFORM all REPLACE "^[^(]*[ *](silex_[a-z0-9_]+)\\(.*$" "\\1")
  list(SORT all)
  set(${names} "${all}" PARENT_SCOPE)
endfunction()

# The symbols that a library exports, sorted.
function(silex_exported_names nm library names)
  execute_process(
    COMMAND ${nm} -D --defined-only --format=posix ${library} OUTPUT_VARIABLE listing COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL "[^\n]+" lines "${listing}")
  list(TRANSFORM lines REPLACE " .*$" "")
  list(SORT lines)
  set(${names} "${lines}" PARENT_SCOPE)
endfunction()
