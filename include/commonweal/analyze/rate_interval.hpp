// SPDX-License-Identifier: Apache-2.0
// Confidence intervals of proportions, counts and directly standardized rates, right for small numbers.
#pragma once

#include <cmath>
#include <span>
#include <string>

#include <commonweal/analyze/detail/distributions.hpp>
#include <commonweal/core/error.hpp>

namespace commonweal::inline v0 {

/// An estimate with its interval. `few_events`: fewer than ten events, so that the interval is to be read with care
/// (STATISTICS.md's rule; Association of Public Health Observatories 2008).
struct rate_estimate {
  double value = 0;
  double lower = 0;
  double upper = 0;
  bool few_events = false;
};

namespace detail {

/// Two-sided normal quantile. Throws invalid_argument unless 0 < confidence < 1.
inline double two_sided_z(double confidence) {
  if (!(confidence > 0 && confidence < 1))
    throw error(error_code::invalid_argument, "a confidence lies between 0 and 1, for example 0.95");
  return normal_quantile(0.5 + confidence / 2);
}

inline void require_count(double count, const char* what) {
  if (!(count >= 0) || std::isinf(count))
    throw error(error_code::invalid_argument, std::string(what) + " must be a finite number that is not negative");
}

} // namespace detail

/// A proportion events / trials by the score interval. Always inside [0, 1], sensible at 0 and at 1.
/// Throws invalid_argument when trials is not positive or events lies outside 0..trials.
/// Source: E. B. Wilson, JASA 22 (1927) 209-212.
[[nodiscard]] inline rate_estimate wilson(double events, double trials, double confidence = 0.95) {
  detail::require_count(events, "events");
  detail::require_count(trials, "trials");
  if (!(trials > 0)) throw error(error_code::invalid_argument, "a proportion needs at least one trial");
  if (events > trials) throw error(error_code::invalid_argument, "a proportion cannot have more events than trials");
  const double z = detail::two_sided_z(confidence);
  const double p = events / trials;
  const double z2 = z * z / trials;
  const double center = (p + z2 / 2) / (1 + z2);
  const double half = z / (1 + z2) * std::sqrt(p * (1 - p) / trials + z2 / (4 * trials));
  // At the ends the bound is the end itself; rounding may leave it a hair off.
  const double lower = events == 0 ? 0.0 : center - half;
  const double upper = events == trials ? 1.0 : center + half;
  return {p, lower, upper, events < 10};
}

/// A count or crude rate events / exposure x factor by Byar's approximation to the exact Poisson interval.
/// Throws invalid_argument when exposure is not positive or events negative.
/// Source: N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II (1987), section 2.3.
[[nodiscard]] inline rate_estimate byar(double events, double exposure = 1, double factor = 1,
                                        double confidence = 0.95) {
  detail::require_count(events, "events");
  detail::require_count(exposure, "exposure");
  if (!(exposure > 0)) throw error(error_code::invalid_argument, "a rate needs a positive exposure");
  const double z = detail::two_sided_z(confidence);
  const auto cube = [](double x) { return x * x * x; };
  const double up = events + 1;
  const double lower = events == 0 ? 0 : events * cube(1 - 1 / (9 * events) - z / (3 * std::sqrt(events)));
  const double upper = up * cube(1 - 1 / (9 * up) + z / (3 * std::sqrt(up)));
  const double scale = factor / exposure;
  return {events * scale, lower * scale, upper * scale, events < 10};
}

/// One stratum of a standardized rate: events and population observed, and the standard population's weight.
struct stratum {
  double events = 0;
  double population = 0;
  double standard = 0;
};

/// The rate that the observed strata would have in the standard population, times factor, with Dobson's interval.
///
/// Weights need not add up to one. Throws invalid_argument when a stratum of positive weight has no population.
/// Source: A. J. Dobson et al., Statistics in Medicine 10 (1991) 457-462, with Byar's limits for the count.
[[nodiscard]] inline rate_estimate standardized_rate(std::span<const stratum> strata, double factor = 1,
                                                     double confidence = 0.95) {
  double weights = 0;
  double events = 0;
  for (const auto& s : strata) {
    detail::require_count(s.events, "events");
    detail::require_count(s.population, "population");
    detail::require_count(s.standard, "a standard weight");
    if (s.standard > 0 && !(s.population > 0))
      throw error(error_code::invalid_argument, "a stratum with weight in the standard has no observed population");
    weights += s.standard;
    events += s.events;
  }
  if (!(weights > 0)) throw error(error_code::invalid_argument, "the standard population is empty");
  double rate = 0;
  double variance = 0;
  double counted = 0;
  for (const auto& s : strata) {
    if (s.standard == 0) continue; // a stratum outside the standard adds nothing
    const double w = s.standard / weights;
    rate += w * s.events / s.population;
    variance += w * w * s.events / (s.population * s.population);
    counted += s.events;
  }
  const rate_estimate count = byar(counted, 1, 1, confidence);
  const double scale = counted > 0 ? std::sqrt(variance / counted) : 0;
  return {rate * factor, (rate + scale * (count.lower - counted)) * factor,
          (rate + scale * (count.upper - counted)) * factor, events < 10};
}

} // namespace commonweal::inline v0
