// SPDX-License-Identifier: Apache-2.0
// What the measures say: trends, report cards, targets, control charts, forecasts. A newcomer to this room reads this
// header first.
#pragma once

/// Everything here takes a series (`series_view`: consecutive periods, NaN where nothing was reported; a span, a
/// vector, an Eigen vector or a row of a panel) and returns a small struct of numbers; a table function beside it takes
/// many named series and returns one row for each. A number that the data does not determine is missing (NaN) in a
/// struct, null in a table, and a `state` says why; it is never NaN passed off as an answer. Options that cannot be
/// meant throw invalid_argument, infinite values invalid_data. Nothing is global: calls on different data may run in
/// parallel.
///
///     series_view rate{values, *period::parse("2018")};
///     trend_result t = trend(rate, direction::down);             // Mann-Kendall, Theil-Sen
///     std::string says = reading(t, {"the dropout rate", "%"});  // "The dropout rate fell from 12.1 % to 9.4 % in six
///     ..."
///
/// summary.hpp       mean, sd, lag-1 autocorrelation, median
/// regression.hpp    least squares by Householder QR, polynomials; line.hpp the straight line of one series
/// kendall.hpp       Kendall's score and tau in O(n log n)
/// trend.hpp         is there a trend, how steep
/// report_card.hpp   how many measures move the right way
/// target.hpp        baseline to target: progress, on track or not, forecast, projection
/// chart.hpp         run charts and control charts; chart_constants.hpp their constants
/// forecast.hpp      where a series goes if nothing changes, and what such forecasts missed before
/// reading.hpp       each result as a sentence
///
/// Headers that look at more than series are included where they are needed: equity.hpp (gaps between parts of a
/// population), stratify.hpp and equity_tables.hpp (the same of an initiative, as tables with sentences), decompose.hpp
/// and group_contributions.hpp (who moved an aggregate), quality.hpp (are the reports complete, on time, plausible). So
/// are reconcile.hpp (figures of a cascade that add up) and cascade.hpp (the same of an initiative's forecasts).
#include <commonweal/analyze/chart.hpp>
#include <commonweal/analyze/forecast.hpp>
#include <commonweal/analyze/kendall.hpp>
#include <commonweal/analyze/line.hpp>
#include <commonweal/analyze/reading.hpp>
#include <commonweal/analyze/regression.hpp>
#include <commonweal/analyze/report_card.hpp>
#include <commonweal/analyze/series.hpp>
#include <commonweal/analyze/summary.hpp>
#include <commonweal/analyze/target.hpp>
#include <commonweal/analyze/trend.hpp>
