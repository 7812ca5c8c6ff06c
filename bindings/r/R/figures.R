# SPDX-License-Identifier: Apache-2.0
# Rollups and what they are made of.

rollup_options <- function(indicators = NULL, groups = NULL, every = NULL, from = NULL, to = NULL, as_of = NULL, membership = NULL, missing = NULL,
                           minimum_coverage = NULL, adjustment = NULL, breakdown = NULL) {
  options_for("rollup", as.list(environment()))
}

#' Figures of every group, each reporter counted once on every level
#'
#' @param x An initiative.
#' @param indicators,groups Ids; all where `NULL`.
#' @param every Aggregate over time: `"day"`, `"week"`, `"month"`, `"quarter"`, `"year"`; `NULL`: as reported.
#' @param from,to First and last period: `"2024"`, `"2024-Q1"`, `"2024-03"`, `"2024-W05"`, `"2024-03-15"`; a year may be a number, a day a `Date`.
#' @param as_of A day whose structure is used for all periods, instead of each period's own.
#' @param membership When a membership counts in a period: `"last_day"` (the default), `"first_day"`, `"any_day"`, `"whole_period"`.
#' @param missing What missing reports do: `"complete_case"` (the default), `"all_or_nothing"`, `"minimum_coverage"`, `"carry_forward"`, `"adjusted"`.
#' @param minimum_coverage The share of reports that `"minimum_coverage"` and `"adjusted"` ask for; 0.75.
#' @param adjustment k of the policy `"adjusted"`; 0.25.
#' @param breakdown A part of the whole as the data names it, such as `"sex=female"`; `NULL`: the total.
#' @param progress `NULL`, or a function of the share done (0 to 1) and what is being done; `FALSE` from it cancels.
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return A data frame of class `cw_rollup`, a row for each group, indicator and period: group, indicator, period, value, numerator, denominator,
#'   reported, expected, coverage, lower, upper, state, structure_date. A value that is `NA` is explained by `state`.
#' @section Errors: `cw_invalid_argument` for an id that nothing has, or a word that is on no list.
#' @seealso [explain()] for the reports behind one figure; [plot.cw_rollup()].
#' @examples
#' care <- read_initiative(example_initiative())
#' rollup(care, groups = "coordinating-council", from = 2010)
#' @export
rollup <- function(x, indicators = NULL, groups = NULL, every = NULL, from = NULL, to = NULL, as_of = NULL, membership = NULL, missing = NULL,
                   minimum_coverage = NULL, adjustment = NULL, breakdown = NULL, progress = NULL) {
  handle <- live(x, "cw_initiative")
  options <- rollup_options(indicators, groups, every, from, to, as_of, membership, missing, minimum_coverage, adjustment, breakdown)
  answer_of(followed(function(watch) .Call(C_rollup, handle, options, watch), progress), "cw_rollup", x)
}

#' The reports behind one figure
#'
#' @inheritParams rollup
#' @param group,indicator Ids.
#' @param period A period.
#' @param ... Options of [rollup()] that say how a figure is made: `as_of`, `missing`, `membership`, `minimum_coverage`, `adjustment`,
#'   `every`, `breakdown`.
#' @return A data frame: reporter, name, period, value, numerator, denominator, state, paths, share, indicator. Where the operator adds up the
#'   shares add up to the figure, exactly.
#' @examples
#' care <- read_initiative(example_initiative())
#' explain(care, "coordinating-council", "teen-binge-drinking", 2010)
#' @export
explain <- function(x, group, indicator, period, ...) {
  handle <- live(x, "cw_initiative")
  answer_of(checked(.Call(C_explain, handle, as_needed(group, "group"), as_needed(indicator, "indicator"), as_needed(period, "period"), rollup_options(...))))
}
