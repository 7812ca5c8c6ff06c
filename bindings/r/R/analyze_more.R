# SPDX-License-Identifier: Apache-2.0
# Forecasts, the quality of the data, what made a change, gaps between parts, and local measures made shared.

#' Forecasts, data quality, contributions, gaps, equity, local measures
#'
#' Each is [analyze()] with the word in brackets; docs/analyze.md of the project explains methods and columns.
#'
#' @param x An initiative.
#' @param indicators,groups,indicator,group,every,from,to Choose figures as for [rollup()].
#' @param method Forecast: `"automatic"` (the default), `"naive"`, `"seasonal_naive"`, `"drift"`, `"holt"`, `"damped_holt"`, `"damped_holt_winters"`.
#' @param horizon How many periods ahead; `NULL`: one cycle of seasons, or three years.
#' @param reconcile For groups and reporters that are to add up: `"bottom_up"`, `"ols"`, `"structural"`, `"wls"`, `"mint_shrink"`.
#' @param confidence Of intervals.
#' @param as_of The day that counts as today.
#' @param show Data quality: `"calls"` (whom to ask, first things first), `"findings"`, `"reporters"`, `"indicators"`, `"pairs"`. Local measures: `"report"`,
#'   `"observations"`, `"lineage"`, `"matches"`.
#' @param top At most so many calls; `NULL`: all.
#' @param reporters Of these alone.
#' @param by The dimension of the breakdown, such as `"sex"` where the data has `"sex=female"`.
#' @param reference The category compared with; `NULL`: the largest.
#' @param compare The dimension of the populations that are compared; `NULL`: groups.
#' @param order Categories from the least to the most advantaged, for slope indices.
#' @param standard Weights of the categories, by name; `NULL`: the people of all populations.
#' @param tolerance Difference between parts and total that is allowed for each part.
#' @param all Whether to list also what holds and what cannot be checked.
#' @param local A data frame of local observations: reporter, local, period, value, and optionally breakdown, name, unit.
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
forecast_figures <- function(x, indicators = NULL, groups = NULL, every = NULL, from = NULL, to = NULL, method = NULL, horizon = NULL, reconcile = NULL,
                             confidence = NULL)
  analyze(x, "forecast", indicators, groups, every, from, to, method = method, horizon = horizon, reconcile = reconcile, confidence = confidence)

#' @rdname more-analyses
#' @export
data_quality <- function(x, show = NULL, indicators = NULL, reporters = NULL, top = NULL, as_of = NULL)
  analyze(x, "quality", indicators, show = show, reporters = reporters, top = top, days = as_word(as_of, "as_of"))

#' @rdname more-analyses
#' @export
contributions <- function(x, indicator = NULL, group = NULL, every = NULL, from = NULL, to = NULL)
  analyze(x, "contributions", as_word(indicator, "indicator"), as_word(group, "group"), every, from, to)

#' @rdname more-analyses
#' @export
gaps <- function(x, indicator = NULL, by = NULL, group = NULL, reference = NULL, to = NULL, confidence = NULL)
  analyze(x, "gaps", as_word(indicator, "indicator"), as_word(group, "group"), to = to, by = by, reference = reference, confidence = confidence)

#' @rdname more-analyses
#' @export
equity <- function(x, indicator = NULL, by = NULL, groups = NULL, compare = NULL, reference = NULL, order = NULL, to = NULL, confidence = NULL)
  analyze(x, "equity", as_word(indicator, "indicator"), groups, to = to, by = by, compare = compare, reference = reference, order = order,
          confidence = confidence)

#' @rdname more-analyses
#' @export
standardized <- function(x, indicator = NULL, by = NULL, groups = NULL, compare = NULL, standard = NULL, to = NULL, confidence = NULL)
  analyze(x, "standardized", as_word(indicator, "indicator"), groups, to = to, by = by, compare = compare, standard = standard, confidence = confidence)

#' @rdname more-analyses
#' @export
reversals <- function(x, indicator = NULL, by = NULL, groups = NULL, compare = NULL, to = NULL, confidence = NULL)
  analyze(x, "reversals", as_word(indicator, "indicator"), groups, to = to, by = by, compare = compare, confidence = confidence)

#' @rdname more-analyses
#' @export
breakdowns <- function(x, indicators = NULL, groups = NULL, tolerance = NULL, all = FALSE)
  analyze(x, "breakdowns", indicators, groups, tolerance = tolerance, all = all)

#' @rdname more-analyses
#' @export
harmonize <- function(x, local, show = NULL) analyze(x, "harmonize", local = local, show = show)
