// SPDX-License-Identifier: Apache-2.0
// The rollup kernels for registers of 32 bytes; its compile flags are in kernels.cmake.
#if defined(__x86_64__)
#include <commonweal/rollup/engine/detail/kernel_impl.hpp>

#include "kernel_sets.hpp"

namespace commonweal::inline v0::engine::detail {

const kernel_set avx2_kernels = kernels_of<32>::set("avx2");

} // namespace commonweal::inline v0::engine::detail
#endif
