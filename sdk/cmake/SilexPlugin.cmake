# silex_add_adapter(name SOURCES file... [LIBRARIES target...]): the plugin silex_adapter_<name>.
# silex_add_commands(name SOURCES file... [LIBRARIES target...]): the plugin silex_commands_<name>, a pack of
# commands. Both export their entry and nothing else, and any process can load them.
set(SILEX_PLUGIN_MAP ${CMAKE_CURRENT_LIST_DIR}/plugin.map)

function(silex_add_adapter name)
  silex_add_plugin(silex_adapter_${name} ${ARGN})
endfunction()

function(silex_add_commands name)
  silex_add_plugin(silex_commands_${name} ${ARGN})
endfunction()

function(silex_add_plugin target)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_library(${target} MODULE ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE ${arg_LIBRARIES} silex_abi)
  set_target_properties(${target} PROPERTIES PREFIX "")
  set_property(GLOBAL APPEND PROPERTY SILEX_PLUGINS ${target})
  silex_compile_options(${target})
  silex_link_portably(${target})
  if(MSVC OR APPLE)
    return()
  endif()
  # The weak symbols of the standard library's templates among them: one of those that are unique in a
  # process would keep the plugin from ever being unloaded.
  target_link_options(${target} PRIVATE -Wl,--version-script=${SILEX_PLUGIN_MAP})
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${SILEX_PLUGIN_MAP})
  if(NOT SILEX_SANITIZE)
    # A symbol that only some hosts have is an error here already.
    target_link_options(${target} PRIVATE -Wl,-z,defs)
  endif()
endfunction()
