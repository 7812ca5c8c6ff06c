# SPDX-License-Identifier: Apache-2.0
# Instruction sets of the rollup kernels. No contraction and no trapping math: the same bits from each of them.
set(commonweal_kernel_flags -O3 -ffp-contract=off -fno-trapping-math -fno-math-errno)
foreach(kernel sse2 avx2 avx512)
  set(flags ${commonweal_kernel_flags})
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    if(kernel STREQUAL avx2)
      list(APPEND flags -mavx2)
    elseif(kernel STREQUAL avx512)
      list(APPEND flags -mavx512f -mavx512dq -mavx512vl -mprefer-vector-width=512)
    endif()
  endif()
  set_source_files_properties(rollup/kernel_${kernel}.cpp PROPERTIES COMPILE_OPTIONS "${flags}")
endforeach()
set_source_files_properties(rollup/dispatch.cpp PROPERTIES COMPILE_OPTIONS "${commonweal_kernel_flags}")

# rollup() is inline and asks engine::kernels_in_use(); dispatch.cpp says which, wherever the library is linked.
if(NOT APPLE AND NOT MSVC)
  target_link_options(commonweal_io INTERFACE "LINKER:-u,commonweal_v0_best_kernels")
endif()
