# SPDX-License-Identifier: Apache-2.0
# Rollups and what they are made of.

rollup_options <- function(indicator = NULL, group = NULL, every = NULL, from = NULL, to = NULL, as_of = NULL, membership = NULL, missing = NULL,
                           minimum_coverage = NULL, adjustment = NULL, breakdown = NULL) options_for("rollup", as.list(environment()))

#' Figures of every group, each reporter counted once on every level
#'
#' @param x An initiative.
# options of rollup: written by tools/options.py
#' @param indicator This indicator (default: all). One or several.
#' @param group This group (default: all). One or several.
#' @param every Aggregate over time (default: as reported): `"day"`, `"week"`, `"month"`, `"quarter"`, `"year"`.
#' @param from First period, as 2024, 2024-Q1 or 2024-03.
#' @param to Last period.
#' @param as_of Use the structure of this one day for all periods.
#' @param membership When a membership counts in a period: `"last_day"`, `"first_day"`, `"any_day"`, `"whole_period"`.
#' @param missing What missing reports do: `"complete_case"`, `"all_or_nothing"`, `"minimum_coverage"`, `"carry_forward"`, `"adjusted"`.
#' @param minimum_coverage Share of reports that minimum_coverage and adjusted ask for; by default 0.75.
#' @param adjustment k of the policy adjusted; by default 0.25.
#' @param breakdown A part of the whole, as sex=female (default: the total).
#' @param progress `NULL`, or a function of the share done (0 to 1) and what is being done; `FALSE` from it cancels.
# end of options
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return A data frame of class `cw_rollup`, a row for each group, indicator and period: group, indicator, period, value, numerator, denominator,
#'   reported, expected, coverage, lower, upper, state, structure_date. A value that is `NA` is explained by `state`.
#' @section Errors: `cw_invalid_argument` for an id that nothing has, or a word that is on no list.
#' @seealso [explain()] for the reports behind one figure; [plot.cw_rollup()].
#' @examples
#' care <- read_initiative(example_initiative())
#' rollup(care, group = "coordinating-council", from = 2010)
#' @export
rollup <- function(x, indicator = NULL, group = NULL, every = NULL, from = NULL, to = NULL, as_of = NULL, membership = NULL, missing = NULL,
                   minimum_coverage = NULL, adjustment = NULL, breakdown = NULL, progress = NULL) ask(x, "rollup", as.list(environment()), "cw_rollup")

#' The reports behind one figure
#'
#' @param x An initiative.
# options of explain: written by tools/options.py
#' @param group The group.
#' @param indicator The indicator.
#' @param period The period, as 2024, 2024-Q1 or 2024-03.
#' @param as_of Use the structure of this one day for all periods.
#' @param membership When a membership counts in a period: `"last_day"`, `"first_day"`, `"any_day"`, `"whole_period"`.
#' @param missing What missing reports do: `"complete_case"`, `"all_or_nothing"`, `"minimum_coverage"`, `"carry_forward"`, `"adjusted"`.
#' @param minimum_coverage Share of reports that minimum_coverage and adjusted ask for; by default 0.75.
#' @param adjustment k of the policy adjusted; by default 0.25.
#' @param breakdown A part of the whole, as sex=female (default: the total).
#' @param progress `NULL`, or a function of the share done (0 to 1) and what is being done; `FALSE` from it cancels.
# end of options
#' @param ... Nothing: an argument of another name is an error that suggests the one that may be meant.
#' @return A data frame: reporter, name, period, value, numerator, denominator, state, paths, share, indicator. Where the operator adds up the
#'   shares add up to the figure, exactly.
#' @examples
#' care <- read_initiative(example_initiative())
#' explain(care, "coordinating-council", "teen-binge-drinking", 2010)
#' @export
explain <- function(x, group = NULL, indicator = NULL, period = NULL, as_of = NULL, membership = NULL, missing = NULL, minimum_coverage = NULL,
                    adjustment = NULL, breakdown = NULL, progress = NULL) ask(x, "explain", as.list(environment()))
