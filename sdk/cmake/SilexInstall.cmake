# The component `sdk`: all that authors of adapters, commands and hosts need, wherever it is put. A Debian package of
# it: cpack -G DEB.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Silex)

install(
  TARGETS silex_abi silex_sdk silex silex_testing
  EXPORT SilexTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT sdk NAMELINK_COMPONENT sdk
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT sdk)
install(TARGETS silex_testing_plugin EXPORT SilexTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/silex/testing
                                                                 COMPONENT sdk)
install(
  EXPORT SilexTargets
  NAMESPACE Silex::
  DESTINATION ${package_dir}
  COMPONENT sdk)
install(
  DIRECTORY ${PROJECT_SOURCE_DIR}/sdk/include/silex
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT sdk)
set_property(TARGET silex_cli APPEND PROPERTY INSTALL_RPATH $ORIGIN/../${CMAKE_INSTALL_LIBDIR})
install(TARGETS silex_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT sdk)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/SilexConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/SilexConfig.cmake
                              INSTALL_DESTINATION ${package_dir} PATH_VARS CMAKE_INSTALL_BINDIR)
# Before 1.0 a minor may break what is built with it.
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/SilexConfigVersion.cmake COMPATIBILITY SameMinorVersion)
configure_file(${CMAKE_CURRENT_LIST_DIR}/silex.pc.in ${CMAKE_CURRENT_BINARY_DIR}/silex.pc @ONLY)
install(
  FILES ${CMAKE_CURRENT_BINARY_DIR}/SilexConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/SilexConfigVersion.cmake
        ${CMAKE_CURRENT_LIST_DIR}/SilexPlugin.cmake ${CMAKE_CURRENT_LIST_DIR}/check_entry.cmake
        ${CMAKE_CURRENT_LIST_DIR}/plugin.map
  DESTINATION ${package_dir}
  COMPONENT sdk)
install(
  FILES ${CMAKE_CURRENT_BINARY_DIR}/silex.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
  COMPONENT sdk)
install(
  FILES ${PROJECT_SOURCE_DIR}/sdk/docs/silex.yml ${PROJECT_SOURCE_DIR}/sdk/docs/action.schema.json
  DESTINATION ${CMAKE_INSTALL_DATADIR}/silex
  COMPONENT sdk)
install(
  DIRECTORY ${PROJECT_SOURCE_DIR}/sdk/templates
  DESTINATION ${CMAKE_INSTALL_DATADIR}/silex
  COMPONENT sdk)
# The pages and what they lead to stand as they do here, so that their links lead there, too.
foreach(
  page
  README.md CHANGELOG.md CONTRIBUTING.md LICENSE adapters sdk/docs sdk/python/README.md sdk/python/embed
  samples/embed.c samples/chat samples/headless samples/hello samples/hosts samples/hub/README.md samples/publish samples/qt
  tests/abi/frozen tests/hosts/embedded/README.md tests/hosts/toy)
  get_filename_component(folder ${page} DIRECTORY)
  set(to ${CMAKE_INSTALL_DOCDIR}/${folder})
  if(IS_DIRECTORY ${PROJECT_SOURCE_DIR}/${page})
    install(
      DIRECTORY ${PROJECT_SOURCE_DIR}/${page}
      DESTINATION ${to}
      COMPONENT sdk
      PATTERN node_modules EXCLUDE
      PATTERN __pycache__ EXCLUDE)
  else()
    install(
      FILES ${PROJECT_SOURCE_DIR}/${page}
      DESTINATION ${to}
      COMPONENT sdk)
  endif()
endforeach()
# Where the target `docs` was made before.
install(
  DIRECTORY ${PROJECT_BINARY_DIR}/reference/html
  DESTINATION ${CMAKE_INSTALL_DOCDIR}/reference
  COMPONENT sdk
  OPTIONAL)

set(CPACK_PACKAGE_NAME silex-sdk)
set(CPACK_PACKAGE_VENDOR "Silex SDK")
set(CPACK_PACKAGE_CONTACT "Silex SDK <silex-sdk@localhost>")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_COMPONENTS_ALL sdk)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS nlohmann-json3-dev)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
include(CPack)
