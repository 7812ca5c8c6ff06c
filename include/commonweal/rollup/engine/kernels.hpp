// SPDX-License-Identifier: Apache-2.0
// The kernel sets there are: headers alone have two, the compiled library one for each instruction set.
#pragma once

#include <atomic>
#include <span>

#include <commonweal/rollup/engine/detail/kernel_impl.hpp>

namespace commonweal::inline v0::engine {

/// One double at a time: any compiler, any machine.
[[nodiscard]] inline const kernel_set& plain_kernels() {
  static constexpr kernel_set set = detail::kernels_of<8>::set("plain");
  return set;
}

/// 16-byte vectors where the compiler has them (SSE2 and NEON are always there on their machines).
[[nodiscard]] inline const kernel_set& portable_kernels() {
#if defined(__GNUC__)
  static constexpr kernel_set set = detail::kernels_of<16>::set("vector128");
  return set;
#else
  return plain_kernels();
#endif
}

namespace detail {
inline constinit std::atomic<const kernel_set*> kernels_in_use{nullptr};
} // namespace detail

/// Compiled library only: the widest set that this machine runs, and all of them, narrowest first.
[[nodiscard]] const kernel_set& best_kernels();
[[nodiscard]] std::span<const kernel_set* const> runnable_kernels();

/// The set that rollup() takes: best_kernels() of the compiled library, the portable one with headers alone. All sets
/// give the same bits.
[[nodiscard]] inline const kernel_set& kernels_in_use() {
  const kernel_set* set = detail::kernels_in_use.load(std::memory_order_acquire);
  if (set != nullptr) return *set;
#ifdef COMMONWEAL_HEADER_ONLY
  return portable_kernels();
#else
  return best_kernels();
#endif
}
/// Takes another set from now on. `set` must stay.
inline void use_kernels(const kernel_set& set) { detail::kernels_in_use.store(&set, std::memory_order_release); }

} // namespace commonweal::inline v0::engine
