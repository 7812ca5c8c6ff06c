# SPDX-License-Identifier: Apache-2.0
# Many sources as one file: what they include is read once, a fraction of the processor time of a build from nothing.
# (CMake's own unity files name absolute paths, which no cache of compilers finds again in another folder.)
option(COMMONWEAL_UNITY "Compile each room as one file" ON)

# commonweal_one_file(OUT NAME SOURCE...): OUT is NAME.cpp, which includes the sources by their paths from the current
# folder; or the sources themselves.
function(commonweal_one_file out name)
  if(NOT COMMONWEAL_UNITY)
    set(${out} ${ARGN} PARENT_SCOPE)
    return()
  endif()
  set(content "")
  foreach(source IN LISTS ARGN)
    cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    string(APPEND content "#include \"${source}\"\n")
  endforeach()
  set(file ${CMAKE_CURRENT_BINARY_DIR}/rooms/${name}.cpp)
  file(CONFIGURE OUTPUT ${file} CONTENT "${content}" @ONLY)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Each anonymous namespace is still of one file.
    set_property(SOURCE ${file} APPEND PROPERTY COMPILE_OPTIONS -Wno-subobject-linkage)
  endif()
  set(${out} ${file} PARENT_SCOPE)
endfunction()
