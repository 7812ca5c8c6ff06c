// SPDX-License-Identifier: Apache-2.0
// Bodies of analyze/cascade.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <commonweal/analyze/cascade.hpp>
#include <commonweal/analyze/detail/forecast_impl.hpp>
#include <commonweal/core/linkage.hpp>
#include <commonweal/network/named_node.hpp>
#include <commonweal/rollup/detail/membership_timeline.hpp>

namespace commonweal::inline v0 {

COMMONWEAL_BODY cascade_figures cascade_of(const network& net, std::span<const node_ref> reporters, date as_of,
                                           std::span<const std::string> groups) {
  if (!as_of.is_bounded()) throw error(error_code::invalid_argument, "the structure needs a day of the calendar");
  std::vector<std::uint32_t> wanted;
  for (const auto& id : groups) { wanted.push_back(node_named(net, node_kind::group, id).index); }
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  if (groups.empty())
    for (std::uint32_t g = 0; g < net.size(node_kind::group); ++g) wanted.push_back(g);

  const detail::reporter_line line(net);
  std::vector<std::uint8_t> asked(line.size(), 0);
  for (const auto r : reporters)
    if (const auto at = line.of(r)) asked[*at] = 1;
  const detail::cascade_history history(net, {frequency::day, in_force_rule::last_day, as_of, {0, 1}});
  detail::timeline_finder find(history, line);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> cells; // aggregate, reporter in line
  std::vector<std::uint8_t> counted(line.size(), 0);
  cascade_figures out;
  for (const auto g : wanted) {
    const std::size_t before = cells.size();
    const std::uint32_t root[] = {g};
    const auto who = find(root);
    for (std::size_t i = 0; i < who.size(); ++i) {
      const auto r = who.reporters[i].reporter;
      if (asked[r] == 0) continue;
      counted[r] = 1;
      cells.emplace_back(static_cast<std::uint32_t>(out.groups.size()), r);
    }
    if (cells.size() == before) continue;
    out.groups.push_back({node_kind::group, g});
    out.structure.aggregates.emplace_back(net.id(out.groups.back()));
  }
  std::vector<std::int32_t> column(line.size(), -1);
  for (std::uint32_t r = 0; r < line.size(); ++r) {
    if (counted[r] == 0) continue;
    column[r] = static_cast<std::int32_t>(out.reporters.size());
    out.reporters.push_back(line.node(r));
    out.structure.bottoms.emplace_back(net.id(line.node(r)));
  }
  auto& sums = out.structure.sums;
  sums.resize(static_cast<Eigen::Index>(out.groups.size()), static_cast<Eigen::Index>(out.reporters.size()));
  std::vector<Eigen::Triplet<double>> entries;
  entries.reserve(cells.size());
  for (const auto& [g, r] : cells) entries.emplace_back(static_cast<int>(g), column[r], 1.0);
  sums.setFromTriplets(entries.begin(), entries.end());
  return out;
}

namespace detail {

/// A row of a panel with its inner gaps drawn straight through.
[[nodiscard]] inline std::vector<double> without_gaps(std::vector<double> y) {
  std::size_t before = y.size();
  for (std::size_t t = 0; t < y.size(); ++t) {
    if (std::isnan(y[t])) continue;
    for (std::size_t k = before + 1; before < t && k < t; ++k)
      y[k] = y[before] + (y[t] - y[before]) * (static_cast<double>(k - before) / static_cast<double>(t - before));
    before = t;
  }
  return y;
}

/// The last `horizon` forecasts that follow column `end` of the panel; nothing where there is no forecast.
struct aligned_forecast {
  forecast_result made;
  std::vector<double> value;
};
[[nodiscard]] inline aligned_forecast forecast_after(const std::vector<double>& y, period first, std::size_t horizon,
                                                     forecast_options options) {
  aligned_forecast out;
  std::size_t end = y.size();
  while (end > 0 && std::isnan(y[end - 1])) --end;
  options.horizon = horizon + (y.size() - end);
  if (options.method != forecast_method::automatic) options.backtest = 0; // nobody asks for its errors
  out.made = forecast(series_view{y, first}, options);
  if (out.made.state == forecast_state::ok)
    out.value.assign(out.made.value.end() - static_cast<std::ptrdiff_t>(horizon), out.made.value.end());
  return out;
}

/// Periods in which every figure has a residual, as rows.
[[nodiscard]] inline Eigen::MatrixXd common_residuals(const std::vector<std::vector<double>>& residuals) {
  std::vector<std::size_t> rows;
  for (std::size_t t = 0; !residuals.empty() && t < residuals.front().size(); ++t)
    if (std::all_of(residuals.begin(), residuals.end(), [t](const auto& r) { return !std::isnan(r[t]); }))
      rows.push_back(t);
  if (rows.size() < 2)
    throw error(error_code::invalid_argument,
                std::to_string(rows.size()) +
                    " periods have a forecast error of every figure, and two are the least: reconcile by "
                    "structural, ols or wls, which need none in common");
  Eigen::MatrixXd out(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(residuals.size()));
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t k = 0; k < residuals.size(); ++k)
      out(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k)) = residuals[k][rows[i]];
  return out;
}

/// The mean square of each figure's own residuals. A group without two takes the sum of its reporters', a reporter
/// without two the largest of all reporters, for it is the least known; an exact history counts as a millionth of the
/// smallest.
[[nodiscard]] inline Eigen::VectorXd own_variances(const summing_structure& s,
                                                   const std::vector<std::vector<double>>& residuals) {
  Eigen::VectorXd out(s.size());
  for (Eigen::Index i = 0; i < s.size(); ++i) {
    double squares = 0;
    std::size_t n = 0;
    for (const double e : residuals[static_cast<std::size_t>(i)])
      if (!std::isnan(e)) squares += e * e, ++n;
    out[i] = n < 2 ? missing_value : squares / static_cast<double>(n);
  }
  const auto groups = s.sums.rows();
  double largest = 0;
  double smallest = std::numeric_limits<double>::infinity();
  for (Eigen::Index i = 0; i < s.size(); ++i) {
    if (!(out[i] > 0)) continue;
    smallest = std::min(smallest, out[i]);
    if (i >= groups) largest = std::max(largest, out[i]);
  }
  if (std::isinf(smallest)) smallest = 1; // every history is exact, or none is known: all alike
  if (largest == 0) largest = smallest;
  for (Eigen::Index i = groups; i < s.size(); ++i)
    out[i] = std::isnan(out[i]) ? largest : out[i] > 0 ? out[i] : smallest * 1e-6;
  const Eigen::VectorXd sums = s.sums * out.tail(s.size() - groups);
  for (Eigen::Index g = 0; g < groups; ++g)
    out[g] = std::isnan(out[g]) ? sums[g] : out[g] > 0 ? out[g] : smallest * 1e-6;
  return out;
}

} // namespace detail

COMMONWEAL_BODY table reconcile_rollup(const network& net, const measures& data, indicator_id indicator,
                                       const cascade_forecast_options& options) {
  const auto& d = data.indicators.at(indicator.value);
  if (!d.formula.empty() || d.over_groups != aggregate_operator::sum || d.kind == indicator_kind::ratio)
    throw error(error_code::invalid_argument,
                "indicator " + d.id + " is " +
                    (d.formula.empty() ? "aggregated by " + std::string(to_string(d.over_groups))
                                       : std::string("computed by a formula")) +
                    "; only reported sums can be made to add up. Forecast its parts instead");
  if (options.method == reconciliation::variance)
    throw error(error_code::invalid_argument,
                "forecasts bring no variances of their own; use wls, mint_shrink, structural, ols or bottom_up");
  table rows({{"level", column_type::utf8},
              {"id", column_type::utf8},
              {"name", column_type::utf8},
              {"period", column_type::period},
              {"base", column_type::float64},
              {"value", column_type::float64},
              {"adjustment", column_type::float64},
              {"method", column_type::utf8},
              {"reporters", column_type::int64}});
  detail::check_forecast(options.forecast);
  const panel* p = data.find(indicator);
  if (p == nullptr || p->periods() == 0) return rows;
  auto columns = p->periods();
  while (columns > 0 && ((options.as_of && *options.as_of < p->at(columns - 1).last_day()) ||
                         p->value.col(columns - 1).array().isNaN().all()))
    --columns;
  if (columns == 0) return rows;
  const std::size_t season =
      options.forecast.season != 0 ? options.forecast.season : detail::default_season(p->first.freq());
  const std::size_t horizon = options.forecast.horizon != 0 ? options.forecast.horizon : season > 1 ? season : 3;

  // Reporters first: one that cannot be forecast counts nowhere.
  std::vector<node_ref> able;
  std::vector<detail::aligned_forecast> of_row(p->reporters.size());
  std::vector<std::vector<double>> history(p->reporters.size());
  for (std::size_t r = 0; r < p->reporters.size(); ++r) {
    const auto row = p->value.row(static_cast<Eigen::Index>(r)).head(columns);
    history[r].assign(row.begin(), row.end());
    of_row[r] = detail::forecast_after(history[r], p->first, horizon, options.forecast);
    if (!of_row[r].value.empty()) able.push_back(p->reporters[r]);
  }
  const auto cascade = cascade_of(net, able, options.as_of.value_or(p->at(columns - 1).last_day()), options.groups);
  const auto& s = cascade.structure;
  if (s.size() == 0) return rows;
  const auto groups = static_cast<Eigen::Index>(cascade.groups.size());
  std::vector<std::size_t> row_of;
  for (const auto who : cascade.reporters) row_of.push_back(static_cast<std::size_t>(*p->row(who)));

  Eigen::MatrixXd base(s.size(), static_cast<Eigen::Index>(horizon));
  std::vector<std::vector<double>> residuals(static_cast<std::size_t>(s.size()));
  std::vector<std::string> methods(static_cast<std::size_t>(s.size()));
  const auto put = [&](Eigen::Index at, const std::vector<double>& v) {
    for (std::size_t h = 0; h < horizon; ++h) base(at, static_cast<Eigen::Index>(h)) = v[h];
  };
  for (std::size_t b = 0; b < row_of.size(); ++b) {
    const auto at = static_cast<std::size_t>(groups) + b;
    put(static_cast<Eigen::Index>(at), of_row[row_of[b]].value);
    residuals[at] = of_row[row_of[b]].made.residuals;
    methods[at] = to_string(of_row[row_of[b]].made.method);
    if (options.fill_gaps) history[row_of[b]] = detail::without_gaps(std::move(history[row_of[b]]));
  }
  for (Eigen::Index g = 0; g < groups; ++g) {
    std::vector<double> y(static_cast<std::size_t>(columns), 0.0);
    for (Eigen::SparseMatrix<double, Eigen::RowMajor>::InnerIterator it(s.sums, g); it; ++it)
      for (std::size_t t = 0; t < y.size(); ++t) y[t] += history[row_of[static_cast<std::size_t>(it.col())]][t];
    const auto own = detail::forecast_after(y, p->first, horizon, options.forecast);
    const auto at = static_cast<std::size_t>(g);
    residuals[at] = own.made.residuals;
    if (!own.value.empty()) {
      put(g, own.value);
      methods[at] = to_string(own.made.method);
    } else {
      base.row(g) = s.sums.row(g) * base.bottomRows(base.rows() - groups);
      methods[at] = "sum_of_forecasts";
    }
  }
  reconcile_options how;
  how.method = options.method;
  how.non_negative = options.non_negative;
  if (how.method == reconciliation::mint_shrink) how.residuals = detail::common_residuals(residuals);
  if (how.method == reconciliation::wls) { // each figure's own periods, for reporters come and go
    how.method = reconciliation::variance;
    how.variances = detail::own_variances(s, residuals);
  }
  const auto made = reconcile(s, base, how);

  const period first = p->at(columns);
  for (Eigen::Index i = 0; i < s.size(); ++i) {
    const bool is_group = i < groups;
    const node_ref who = is_group ? cascade.groups[static_cast<std::size_t>(i)]
                                  : cascade.reporters[static_cast<std::size_t>(i - groups)];
    const std::int64_t count = is_group ? s.sums.innerVector(i).nonZeros() : 1;
    for (Eigen::Index h = 0; h < base.cols(); ++h)
      rows.append_row({is_group ? "group" : "reporter", net.id(who), net.name(who),
                       first.plus(static_cast<std::int32_t>(h)), base(i, h), made.values(i, h),
                       made.values(i, h) - base(i, h), std::string_view(methods[static_cast<std::size_t>(i)]), count});
  }
  return rows;
}

} // namespace commonweal::inline v0
