// SPDX-License-Identifier: Apache-2.0
// The rollup kernels for registers of 64 bytes; its compile flags are in kernels.cmake.
#if defined(__x86_64__)
#include <commonweal/rollup/engine/detail/kernel_impl.hpp>

#include "kernel_sets.hpp"

namespace commonweal::inline v0::engine::detail {

const kernel_set avx512_kernels = kernels_of<64>::set("avx512");

} // namespace commonweal::inline v0::engine::detail
#endif
