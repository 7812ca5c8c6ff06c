// SPDX-License-Identifier: Apache-2.0
// Bodies of rollup(), rollup_figures() and figure_source: options resolved, figures computed, kept or written as rows.
#pragma once

#include <utility>

#include <commonweal/core/linkage.hpp>
#include <commonweal/rollup/detail/engine_provider.hpp>
#include <commonweal/rollup/detail/make_figures.hpp>
#include <commonweal/rollup/figure_source.hpp>
#include <commonweal/rollup/rollup.hpp>

namespace commonweal::inline v0 {

namespace detail {

/// What figures are made of.
struct rollup_work {
  rollup_work(const network& net, const measures& data, const rollup_options& options)
      : request(net, data, options), shape(shape_of(request)), meter(options.progress), source(request, meter) {}
  [[nodiscard]] std::size_t rows(std::size_t targets) const {
    return rows_of(request, shape, targets, [this] { return request.reports(); });
  }
  rollup_request request;
  figure_shape shape;
  progress_meter meter;
  engine_provider source;
};

} // namespace detail

COMMONWEAL_BODY table rollup(const network& net, const measures& data, const rollup_options& options) {
  detail::rollup_work work(net, data, options);
  const std::size_t rows = work.rows(work.shape.targets.size());
  work.source.spare(rows);
  return detail::rows_from(work.request, work.shape, work.source, work.meter, work.source.passes(), rows);
}
COMMONWEAL_BODY figure_cube rollup_figures(const network& net, const measures& data, const rollup_options& options) {
  detail::rollup_work work(net, data, options);
  const std::size_t rows = work.rows(work.shape.targets.size());
  work.source.spare(rows);
  return detail::cube_of(work.request, std::move(work.shape), work.source, work.meter, work.source.passes(), rows);
}

struct figure_source::state {
  state(const network& net, const measures& data, rollup_options o)
      : options(std::move(o)), work(net, data, options), figure_of(work.request, work.source) {}
  rollup_options options;
  detail::rollup_work work;
  detail::evaluator<detail::engine_provider> figure_of;
  std::optional<std::size_t> target;
};

COMMONWEAL_BODY figure_source::figure_source(const network& net, const measures& data, rollup_options options)
    : state_(std::make_unique<state>(net, data, std::move(options))) {}
COMMONWEAL_BODY figure_source::~figure_source() = default;
COMMONWEAL_BODY figure_source::figure_source(figure_source&&) noexcept = default;
COMMONWEAL_BODY figure_source& figure_source::operator=(figure_source&&) noexcept = default;
COMMONWEAL_BODY const figure_shape& figure_source::shape() const { return state_->work.shape; }
COMMONWEAL_BODY void figure_source::check_series() const { (void)state_->work.rows(1); }
COMMONWEAL_BODY figure figure_source::at(std::size_t target, std::size_t span, std::size_t place) {
  if (state_->target != target) state_->work.source.enter(state_->work.request.targets()[target]);
  state_->target = target;
  const auto& s = state_->work.shape.spans[span];
  return state_->figure_of(s.indicator.value, detail::time_span(s.at(place)));
}

} // namespace commonweal::inline v0
