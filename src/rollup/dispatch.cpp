// SPDX-License-Identifier: Apache-2.0
// Chooses the kernels by what the machine says it can do.
#include <array>

#include <commonweal/rollup/engine/kernels.hpp>

#include "kernel_sets.hpp"

namespace commonweal::inline v0::engine {
namespace {

struct choice {
  std::array<const kernel_set*, 4> sets{};
  std::size_t count = 0;
};

choice choose() {
  choice c;
  c.sets[c.count++] = &plain_kernels();
#if defined(__x86_64__)
  __builtin_cpu_init();
  c.sets[c.count++] = &detail::sse2_kernels;
  if (__builtin_cpu_supports("avx2")) c.sets[c.count++] = &detail::avx2_kernels;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    c.sets[c.count++] = &detail::avx512_kernels;
  }
#else
  c.sets[c.count++] = &portable_kernels();
#endif
  return c;
}

const choice& chosen() {
  static const choice c = choose();
  return c;
}

} // namespace

const kernel_set& best_kernels() { return *chosen().sets[chosen().count - 1]; }

std::span<const kernel_set* const> runnable_kernels() { return std::span(chosen().sets).first(chosen().count); }

} // namespace commonweal::inline v0::engine
