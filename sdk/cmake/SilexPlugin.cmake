# What plugins for Silex are made with, in this tree and with the installed package:
#   silex_add_adapter(name SOURCES file... [LIBRARIES target...])       the plugin silex_adapter_<name>
#   silex_add_command_pack(name SOURCES file... [LIBRARIES target...])  the plugin silex_commands_<name>; one in C++
#                                                                       has silex/command.hpp and nlohmann-json
#   silex_validate_adapter(name [BATCH] [HOST command...])              a test: `silex validate` of the adapter, in the
#                                                                       host that the command starts, or in none
# Each is a library that any process can load: it exports its entry and nothing else, which is checked when it is
# linked, and is installed to <libdir>/silex, for SILEX_ADAPTER_PATH. Its own target can be changed as any other.
include_guard(GLOBAL)
include(GNUInstallDirs)

function(silex_add_adapter name)
  silex_add_plugin(silex_adapter_${name} ${ARGN})
endfunction()

function(silex_add_command_pack name)
  silex_add_plugin(silex_commands_${name} ${ARGN})
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
  if(arg_SOURCES MATCHES "\\.(cc|cpp|cxx)(;|$)")
    find_package(nlohmann_json 3.10 REQUIRED)
    target_link_libraries(silex_commands_${name} PRIVATE Silex::sdk nlohmann_json::nlohmann_json)
  endif()
endfunction()

function(silex_add_plugin target)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${target}: pass SOURCES and the files of the plugin, and LIBRARIES and targets if it needs any")
  endif()
  add_library(${target} MODULE ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE ${arg_LIBRARIES} Silex::abi)
  set_target_properties(
    ${target}
    PROPERTIES PREFIX ""
               C_VISIBILITY_PRESET hidden
               CXX_VISIBILITY_PRESET hidden
               VISIBILITY_INLINES_HIDDEN ON)
  set_property(GLOBAL APPEND PROPERTY SILEX_PLUGINS ${target})
  if(COMMAND silex_compile_options) # in the SDK's own tree
    silex_compile_options(${target})
    silex_link_portably(${target})
  else()
    install(TARGETS ${target} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/silex)
  endif()
  if(MSVC OR APPLE)
    return()
  endif()
  # The weak symbols of the standard library's templates among them: one of those that are unique in a
  # process would keep the plugin from ever being unloaded.
  target_link_options(${target} PRIVATE -Wl,--version-script=${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)
  if(NOT SILEX_SANITIZE)
    # A symbol that only some hosts have is an error here already.
    target_link_options(${target} PRIVATE -Wl,-z,defs)
  endif()
  if(CMAKE_NM)
    add_custom_command(
      TARGET ${target}
      POST_BUILD
      COMMAND ${CMAKE_COMMAND} -DNM=${CMAKE_NM} -DPLUGIN=$<TARGET_FILE:${target}> -P
              ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/check_entry.cmake
      VERBATIM)
  endif()
endfunction()

function(silex_validate_adapter name)
  cmake_parse_arguments(arg "BATCH" "" "HOST" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS OR (arg_BATCH AND NOT arg_HOST))
    message(FATAL_ERROR "silex_validate_adapter(${name}): pass HOST and the command that starts the adapter's host, with BATCH "
                        "before it where that has no main loop; or nothing, to check what needs no host")
  endif()
  set(test silex_adapter_${name}.validate)
  set(options)
  if(arg_BATCH)
    string(APPEND test .batch)
    list(APPEND options --batch)
  elseif(arg_HOST)
    string(APPEND test .host)
  endif()
  if(arg_HOST)
    list(APPEND options --host ${arg_HOST})
  endif()
  if(TARGET silex_cli) # in the SDK's own tree
    set(command $<TARGET_FILE:silex_cli>)
  else()
    set(command ${SILEX_COMMAND})
  endif()
  add_test(NAME ${test} COMMAND ${command} validate $<TARGET_FILE:silex_adapter_${name}> ${options})
  set_tests_properties(${test} PROPERTIES TIMEOUT 300)
endfunction()
