# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` lays down: headers, the compiled part, a CMake package, a pkg-config file.
install(DIRECTORY include/commonweal DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(TARGETS commonweal commonweal_headers EXPORT commonweal-targets
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(COMMONWEAL_BUILD_CLI)
  install(TARGETS commonweal_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(EXPORT commonweal-targets NAMESPACE commonweal:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/commonweal)
configure_package_config_file(cmake/commonweal-config.cmake.in commonweal-config.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/commonweal)
write_basic_package_version_file(commonweal-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/commonweal-config.cmake ${PROJECT_BINARY_DIR}/commonweal-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/commonweal)
# pkg-config: commonweal is the compiled library, commonweal-headers needs none. Relative to the file itself, so that
# the installed tree can be moved.
file(RELATIVE_PATH pc_up "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
# A static archive does not bring along what it needs; a shared library does.
set(pc_libs "")
set(pc_private_libs "-lxxhash -pthread")
if(NOT BUILD_SHARED_LIBS)
  set(pc_libs "${pc_private_libs}")
  set(pc_private_libs "")
endif()
foreach(pc commonweal commonweal-headers)
  configure_file(cmake/${pc}.pc.in ${pc}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${pc}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endforeach()
