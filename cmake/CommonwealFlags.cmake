# SPDX-License-Identifier: Apache-2.0
# commonweal_flags: the warnings and sanitizers of our own targets, private to them.
add_library(commonweal_flags INTERFACE)
target_compile_options(commonweal_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  # Two builds of one source must give the same bits: no contraction into fused multiply-add.
  -ffp-contract=off)
if(COMMONWEAL_SANITIZE)
  target_compile_options(commonweal_flags INTERFACE -fsanitize=${COMMONWEAL_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(commonweal_flags INTERFACE -fsanitize=${COMMONWEAL_SANITIZE})
  if(COMMONWEAL_SANITIZE MATCHES "undefined")
    target_compile_options(commonweal_flags INTERFACE -fno-sanitize-recover=undefined)
  endif()
endif()
