# SPDX-License-Identifier: Apache-2.0
# commonweal_flags: the warnings, hardening and sanitizers of our own targets, private to them.
# Programs at a random address (PIE), and libraries that may lie anywhere.
include(CheckPIESupported)
check_pie_supported()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
add_library(commonweal_flags INTERFACE)
target_compile_options(commonweal_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  # GCC 12 warns of overlap inside std::string's own operator+ (GCC bug 105651, fixed in 13).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  # Two builds of one source must give the same bits: no contraction into fused multiply-add.
  -ffp-contract=off)
# Nothing that the loader has bound can be written to afterwards.
target_link_options(commonweal_flags INTERFACE -Wl,-z,relro,-z,now)
if(NOT COMMONWEAL_SANITIZE) # the sanitizers look for the same, and do not see through the checked calls of glibc
  target_compile_options(commonweal_flags INTERFACE -fstack-protector-strong
    -U_FORTIFY_SOURCE $<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:-D_FORTIFY_SOURCE=2>) # which an optimizing build needs
endif()
if(COMMONWEAL_SANITIZE)
  target_compile_options(commonweal_flags INTERFACE -fsanitize=${COMMONWEAL_SANITIZE} -fno-omit-frame-pointer -g1)
  target_compile_definitions(commonweal_flags INTERFACE _GLIBCXX_ASSERTIONS)
  target_link_options(commonweal_flags INTERFACE -fsanitize=${COMMONWEAL_SANITIZE})
  if(COMMONWEAL_SANITIZE MATCHES "undefined")
    target_compile_options(commonweal_flags INTERFACE -fno-sanitize-recover=undefined)
  endif()
endif()
