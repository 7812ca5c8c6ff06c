// SPDX-License-Identifier: Apache-2.0
// The distributions that the statistics of this room need, declared apart: Boost.Math takes seconds to compile.
#pragma once

#include <cstddef>

namespace commonweal::inline v0::detail {

/// The quantile at p of the standard normal distribution. REQUIRES: 0 < p < 1, here and below.
[[nodiscard]] double normal_quantile(double p);
/// The probability that a standard normal value lies above x.
[[nodiscard]] double normal_upper_tail(double x);
[[nodiscard]] double student_t_quantile(double freedom, double p);
/// The value that a t distributed quantity exceeds with probability `tail`; exact where `tail` is tiny.
[[nodiscard]] double student_t_upper_quantile(double freedom, double tail);
/// The smallest k with P(X <= k) >= p for X binomial with `trials` trials at one half.
[[nodiscard]] std::size_t fair_coin_quantile(std::size_t trials, double p);
/// The regularized upper incomplete gamma function.
[[nodiscard]] double gamma_q(double a, double x);
/// gamma(x) / gamma(x + delta).
[[nodiscard]] double gamma_delta_ratio(double x, double delta);

} // namespace commonweal::inline v0::detail

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/analyze/detail/distributions_impl.hpp>
#endif
