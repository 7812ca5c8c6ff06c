// SPDX-License-Identifier: Apache-2.0
// Bodies of distributions.hpp: Boost.Math.
#pragma once

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <commonweal/analyze/detail/distributions.hpp>
#include <commonweal/core/linkage.hpp>

namespace commonweal::inline v0::detail {

COMMONWEAL_BODY double normal_quantile(double p) { return boost::math::quantile(boost::math::normal(), p); }
COMMONWEAL_BODY double normal_upper_tail(double x) {
  return boost::math::cdf(boost::math::complement(boost::math::normal(), x));
}
COMMONWEAL_BODY double student_t_quantile(double freedom, double p) {
  return boost::math::quantile(boost::math::students_t(freedom), p);
}
COMMONWEAL_BODY double student_t_upper_quantile(double freedom, double tail) {
  return boost::math::quantile(boost::math::complement(boost::math::students_t(freedom), tail));
}
COMMONWEAL_BODY std::size_t fair_coin_quantile(std::size_t trials, double p) {
  using namespace boost::math::policies;
  using rounding = policy<discrete_quantile<integer_round_up>>;
  const boost::math::binomial_distribution<double, rounding> binomial(static_cast<double>(trials), 0.5);
  return static_cast<std::size_t>(boost::math::quantile(binomial, p));
}
COMMONWEAL_BODY double gamma_q(double a, double x) { return boost::math::gamma_q(a, x); }
COMMONWEAL_BODY double gamma_delta_ratio(double x, double delta) { return boost::math::tgamma_delta_ratio(x, delta); }

} // namespace commonweal::inline v0::detail
