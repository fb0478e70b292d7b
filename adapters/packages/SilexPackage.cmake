# silex_package(host PYTHON folder [ARGUMENTS argument...]): the component `host` gets the Python packages
# (with libsilex, that host's adapter and the command) in that folder, and the target `packages` packs the component.
function(silex_package host)
  cmake_parse_arguments(arg "" "PYTHON" "ARGUMENTS" ${ARGN})
  set(to ${arg_PYTHON}/silex)
  # Beside the adapter, where `silex doctor --host` reads it.
  set(manifest ${PROJECT_BINARY_DIR}/adapters/${host}/silex_host_${host}.yml)
  configure_file(${PROJECT_SOURCE_DIR}/adapters/${host}/host.yml ${manifest} COPYONLY)
  install(
    DIRECTORY ${PROJECT_BINARY_DIR}/python/silex ${PROJECT_BINARY_DIR}/python/silex_client
    DESTINATION ${arg_PYTHON}
    COMPONENT ${host}
    EXCLUDE_FROM_ALL USE_SOURCE_PERMISSIONS
    PATTERN __pycache__ EXCLUDE
    PATTERN lib EXCLUDE)
  install(
    FILES $<TARGET_FILE:silex>
    DESTINATION ${to}/lib
    COMPONENT ${host}
    EXCLUDE_FROM_ALL
    RENAME $<TARGET_SONAME_FILE_NAME:silex>)
  install(
    FILES $<TARGET_FILE:silex_adapter_${host}> ${manifest}
    DESTINATION ${to}/lib
    COMPONENT ${host}
    EXCLUDE_FROM_ALL)
  # So that a copy can be told from another without importing it.
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/version.txt "${PROJECT_VERSION}\n")
  install(
    FILES ${CMAKE_CURRENT_BINARY_DIR}/version.txt
    DESTINATION ${to}
    COMPONENT ${host}
    EXCLUDE_FROM_ALL)
  install(
    TARGETS silex_cli
    RUNTIME DESTINATION ${to}/bin COMPONENT ${host} EXCLUDE_FROM_ALL)

  set(staged ${PROJECT_BINARY_DIR}/packages/staged/${host})
  add_custom_target(
    package_${host}
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${staged}
    COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --component ${host} --prefix ${staged}
    COMMAND ${SILEX_PYTHON} -B ${PROJECT_SOURCE_DIR}/adapters/packages/pack.py ${host} ${staged} ${PROJECT_BINARY_DIR}/packages
            --version ${PROJECT_VERSION} ${arg_ARGUMENTS}
    COMMENT "Packing for ${host}"
    VERBATIM)
  add_dependencies(package_${host} silex silex_adapter_${host} silex_cli silex_python)
  add_dependencies(packages package_${host})
endfunction()
