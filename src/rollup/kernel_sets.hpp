// SPDX-License-Identifier: Apache-2.0
// The kernel sets that are compiled with flags of their own.
#pragma once

#include <commonweal/rollup/engine/kernel.hpp>

namespace commonweal::inline v0::engine::detail {

#if defined(__x86_64__)
extern const kernel_set sse2_kernels;
extern const kernel_set avx2_kernels;
extern const kernel_set avx512_kernels;
#endif

} // namespace commonweal::inline v0::engine::detail
