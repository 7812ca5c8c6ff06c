# SPDX-License-Identifier: Apache-2.0
# Forecasts, the quality of the data, what made a change, gaps between parts, and local measures made shared.

#' Forecasts, data quality, contributions, gaps, equity, local measures
#'
#' Each is [analyze()] with the word in brackets; docs/analyze.md of the project explains methods and columns.
#'
#' @param x An initiative.
# options of forecast, quality, contributions, gaps, equity, standardized, reversals, breakdowns, harmonize: written by tools/options.py
#' @param indicator `forecast_figures()`, `data_quality()`, `breakdowns()`: This indicator (default: all). One or several. `contributions()`,
#'   `gaps()`, `equity()`, `standardized()`, `reversals()`: The indicator (default: the only one).
#' @param group `forecast_figures()`, `equity()`, `standardized()`, `reversals()`: This group (default: those that are part of no other). One or
#'   several. `data_quality()`: Reports of those in this group on the day. One or several. `contributions()`, `gaps()`: The group (default: the only
#'   one that is part of no other).
#' @param reporter `forecast_figures()`: Figures of this reporter instead of a group. One or several. `data_quality()`: Reports of this reporter
#'   alone. One or several.
#' @param every Aggregate over time (default: as reported): `"day"`, `"week"`, `"month"`, `"quarter"`, `"year"`.
#' @param from `forecast_figures()`, `data_quality()`: First period, as 2024, 2024-Q1 or 2024-03. `contributions()`: The earlier period (default: a
#'   year before the later).
#' @param to `forecast_figures()`, `data_quality()`: Last period. `contributions()`: The later period (default: the latest). `gaps()`, `equity()`,
#'   `standardized()`, `reversals()`: The period (default: the latest).
#' @param as_of `forecast_figures()`, `contributions()`: Only periods that are over by this day. `data_quality()`: The day that is today: what came
#'   later is not judged (default: the end of the data).
#' @param confidence Of intervals and tests; by default 0.95.
#' @param method Method of the forecast: `"automatic"`, `"naive"`, `"seasonal_naive"`, `"drift"`, `"holt"`, `"damped_holt"`, `"damped_holt_winters"`.
#' @param horizon Periods ahead; 0: one cycle of seasons, or three years.
#' @param reconcile Make groups and reporters add up, by this method (default: not): `"bottom_up"`, `"ols"`, `"structural"`, `"wls"`, `"mint_shrink"`.
#' @param show `data_quality()`: Which table: `"calls"`, `"findings"`, `"reporters"`, `"indicators"`, `"pairs"`. `harmonize()`: Which table:
#'   `"report"`, `"observations"`, `"lineage"`, `"matches"`.
#' @param top At most so many calls; 0: all, and 20 in a table that is printed.
#' @param by Dimension of the breakdown, as sex in sex=female.
#' @param reference Category compared with (default: the largest).
#' @param across Dimension of the populations (default: groups).
#' @param order Categories from the least to the most advantaged, for slope indices. One or several.
#' @param standard Weight of a category (default: the people of all populations). One or several.
#' @param tolerance Difference allowed a part; by default 0.5.
#' @param all Also what holds or cannot be checked.
#' @param local Local observations: reporter, local, period, value, and optionally breakdown, name, unit.
#' @param progress `NULL`, or a function of the share done (0 to 1) and what is being done; `FALSE` from it cancels.
# end of options
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return A data frame with the columns of the command line and `reading`, as [analyze()] gives.
#' @name more-analyses
#' @examples
#' demo <- read_initiative(sample_initiative(tempfile(), reporters = 40, groups = 9, periods = 24))
#' forecast_figures(demo, "people-served", horizon = 2)
#' data_quality(demo, top = 3)[, c("name", "indicator", "period", "what")]
#' contributions(demo, "people-served", "council") |> head(3)
NULL

#' @rdname more-analyses
#' @export
forecast_figures <- function(x, indicator = NULL, group = NULL, reporter = NULL, every = NULL, from = NULL, to = NULL, as_of = NULL, confidence =
                             NULL, method = NULL, horizon = NULL, reconcile = NULL, progress = NULL) ask_analysis(x, "forecast", as.list(environment()))

#' @rdname more-analyses
#' @export
data_quality <- function(x, indicator = NULL, group = NULL, reporter = NULL, from = NULL, to = NULL, as_of = NULL, show = NULL, top = NULL, progress =
                         NULL) ask_analysis(x, "quality", as.list(environment()))

#' @rdname more-analyses
#' @export
contributions <- function(x, indicator = NULL, group = NULL, from = NULL, to = NULL, as_of = NULL, progress = NULL) ask_analysis(x, "contributions", as.list(environment()))

#' @rdname more-analyses
#' @export
gaps <- function(x, indicator = NULL, group = NULL, to = NULL, by = NULL, reference = NULL, confidence = NULL, progress = NULL) ask_analysis(x, "gaps", as.list(environment()))

#' @rdname more-analyses
#' @export
equity <- function(x, indicator = NULL, group = NULL, to = NULL, by = NULL, across = NULL, reference = NULL, order = NULL, confidence = NULL, progress
                   = NULL) ask_analysis(x, "equity", as.list(environment()))

#' @rdname more-analyses
#' @export
standardized <- function(x, indicator = NULL, group = NULL, to = NULL, by = NULL, across = NULL, standard = NULL, confidence = NULL, progress = NULL) ask_analysis(x, "standardized", as.list(environment()))

#' @rdname more-analyses
#' @export
reversals <- function(x, indicator = NULL, group = NULL, to = NULL, by = NULL, across = NULL, progress = NULL) ask_analysis(x, "reversals", as.list(environment()))

#' @rdname more-analyses
#' @export
breakdowns <- function(x, indicator = NULL, tolerance = NULL, all = NULL, progress = NULL) ask_analysis(x, "breakdowns", as.list(environment()))

#' @rdname more-analyses
#' @export
harmonize <- function(x, local = NULL, show = NULL, progress = NULL) ask_analysis(x, "harmonize", as.list(environment()))
