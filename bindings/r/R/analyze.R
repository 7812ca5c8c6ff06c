# SPDX-License-Identifier: Apache-2.0
# What the measures say.

#' What the measures say
#'
#' `analyze()` takes any of the analyses by its word; the functions beside it are one each, with a class that [plot()] knows.
#' Figures are those of the groups that are part of no other, unless `groups` names some.
#'
#' @param x An initiative.
#' @param what `"trend"`, `"card"`, `"target"`, `"chart"`, `"summary"`, `"group_contributions"`, or one of those on [more-analyses].
# options of trend, card, target, chart: written by tools/options.py
#' @param indicator This indicator (default: all). One or several.
#' @param group This group (default: those that are part of no other). One or several.
#' @param reporter Figures of this reporter instead of a group. One or several.
#' @param every Aggregate over time (default: as reported): `"day"`, `"week"`, `"month"`, `"quarter"`, `"year"`.
#' @param from First period, as 2024, 2024-Q1 or 2024-03.
#' @param to Last period.
#' @param as_of `trend()`, `control_chart()`: Only periods that are over by this day. `report_card()`: Only periods that are over by this day; of
#'   several days a card each. One or several. `target_progress()`: Judge on this day (default: at the end of the last period).
#' @param confidence Of intervals and tests; by default 0.95.
#' @param test Test of the trend: `"automatic"`, `"original"`, `"seasonal"`, `"correlated_seasonal"`, `"hamed_rao"`, `"yue_wang"`, `"pre_whitening"`,
#'   `"trend_free_pre_whitening"`.
#' @param flat Changes up to this share are flat.
#' @param basis What the latest value is compared with: `"since_baseline"`, `"since_previous"`, `"since_year_before"`, `"trend"`.
#' @param path Shape of the way from the baseline to the target: `"linear"`, `"geometric"`.
#' @param chart Kind of chart (default: by the kind of indicator): `"run"`, `"xmr"`, `"p"`, `"p_prime"`, `"u"`, `"u_prime"`, `"c"`, `"t"`, `"g"`.
#' @param rules Set of rules by which points stand out; sets are never mixed: `"shewhart"`, `"anhoej"`, `"western_electric"`, `"nelson"`, `"nhs"`. One
#'   or several.
#' @param phase New center and limits from this period on. One or several.
#' @param freeze Limits of the last phase come from its points up to this period.
#' @param ghost Plot this period and do not count it. One or several.
#' @param screen Drop unusual moving ranges from the limits.
#' @param show Which table: a row for each point or each phase: `"points"`, `"phases"`.
#' @param progress `NULL`, or a function of the share done (0 to 1) and what is being done; `FALSE` from it cancels.
# end of options
#' @param ... `analyze()`: the options of the analysis, as of its function here or on [more-analyses]. Otherwise nothing: an argument of another name is
#'   an error that suggests the one that may be meant.
#' @return A data frame with the columns of the command line, a row for each series (of a chart: for each point). Its last column, `reading`, puts it in a
#'   sentence, in the first of the rows that it is about; see [reading()].
#' @examples
#' demo <- read_initiative(sample_initiative(tempfile(), reporters = 40, groups = 9, periods = 24))
#' trend(demo)[, c("series", "first", "last", "trend", "movement")]
#' report_card(demo)
#' target_progress(demo)[, c("series", "value", "target", "progress", "status")]
#' head(control_chart(demo, "people-served"))
#' analyze(demo, "summary")
#' @export
analyze <- function(x, what = "trend", ..., progress = NULL) {
  what <- as_needed(what, "what")
  if (!what %in% analyses) refuse(with_hint(paste0("what: ", what, " is none of: ", paste(analyses, collapse = ", ")), what, analyses), field = "what")
  ask_analysis(x, what, c(named_options(what, list(...)), list(progress = progress)))
}

ask_analysis <- function(x, what, given)
  ask(x, what, given, switch(what, trend = "cw_trend", card = "cw_card", target = "cw_target", chart = if (!identical(given$show, "phases")) "cw_chart",
                             forecast = "cw_forecast"))

#' @rdname analyze
#' @export
trend <- function(x, indicator = NULL, group = NULL, reporter = NULL, every = NULL, from = NULL, to = NULL, as_of = NULL, confidence = NULL, test =
                  NULL, progress = NULL) ask_analysis(x, "trend", as.list(environment()))

#' @rdname analyze
#' @export
report_card <- function(x, indicator = NULL, group = NULL, reporter = NULL, every = NULL, from = NULL, to = NULL, as_of = NULL, confidence = NULL,
                        flat = NULL, basis = NULL, progress = NULL) ask_analysis(x, "card", as.list(environment()))

#' @rdname analyze
#' @export
target_progress <- function(x, indicator = NULL, group = NULL, reporter = NULL, every = NULL, from = NULL, to = NULL, as_of = NULL, confidence = NULL,
                            path = NULL, progress = NULL) ask_analysis(x, "target", as.list(environment()))

#' @rdname analyze
#' @export
control_chart <- function(x, indicator = NULL, group = NULL, reporter = NULL, every = NULL, from = NULL, to = NULL, as_of = NULL, chart = NULL, rules
                          = NULL, phase = NULL, freeze = NULL, ghost = NULL, screen = NULL, show = NULL, progress = NULL) {
  out <- ask_analysis(x, "chart", as.list(environment()))
  attr(out, "title") <- indicator
  out
}

#' What an answer says, in sentences
#'
#' @param x An answer of [analyze()] or of one of the functions beside it.
#' @return Text, one element for each sentence.
#' @examples
#' demo <- read_initiative(sample_initiative(tempfile(), reporters = 40, groups = 9, periods = 24))
#' reading(trend(demo))
#' @export
reading <- function(x) {
  if (is.null(x$reading)) return(character())
  x$reading[!is.na(x$reading)]
}
