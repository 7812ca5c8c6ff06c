// SPDX-License-Identifier: Apache-2.0
// figure_source: a rollup that is asked figure by figure.
#pragma once

#include <cstddef>
#include <memory>

#include <commonweal/measure/measures.hpp>
#include <commonweal/network/network.hpp>
#include <commonweal/rollup/figure_cube.hpp>
#include <commonweal/rollup/options.hpp>

namespace commonweal::inline v0 {

/// A rollup that is asked figure by figure, for whoever needs few of many: what all of them rest on is made once, when
/// the first is asked for. Figures are those of rollup(), to the bit.
///
/// Network and measures must outlive it. One owner. Throws as rollup() does, and never for the size of an answer.
class figure_source {
 public:
  figure_source(const network& net, const measures& data, rollup_options options);
  ~figure_source();
  figure_source(figure_source&&) noexcept;
  figure_source& operator=(figure_source&&) noexcept;

  [[nodiscard]] const figure_shape& shape() const;
  /// Throws invalid_argument (answer_too_large) where the figures of one target are out of proportion to the input.
  void check_series() const;
  /// REQUIRES: places in the shape. Cheapest where questions about one target follow one another.
  [[nodiscard]] figure at(std::size_t target, std::size_t span, std::size_t place);

 private:
  struct state;
  std::unique_ptr<state> state_;
};

} // namespace commonweal::inline v0

#ifdef COMMONWEAL_HEADER_ONLY
#include <commonweal/rollup/detail/rollup_impl.hpp>
#endif
